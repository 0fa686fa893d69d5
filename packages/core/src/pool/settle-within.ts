/** How a promise ended, or that it did not end in time. */
export type Settlement<T> =
  | { readonly kind: 'resolved'; readonly value: T }
  | { readonly kind: 'rejected'; readonly error: unknown }
  | { readonly kind: 'pending' }

/** Waits for `promise`, but not longer than `milliseconds`. Never rejects, and a late rejection stays handled. */
export function settleWithin<T>(promise: Promise<T>, milliseconds: number): Promise<Settlement<T>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'pending' }), milliseconds)
    promise.then(
      (value) => {
        clearTimeout(timer)
        resolve({ kind: 'resolved', value })
      },
      (error: unknown) => {
        clearTimeout(timer)
        resolve({ kind: 'rejected', error })
      },
    )
  })
}
