import type { ServerCallContext } from '@a2a-js/sdk/server'

/** Whose a request is when nobody says so. */
export const anonymous = 'anonymous'

/** Whose the call is; tasks and contexts are kept for their owner. */
export function ownerOf({ user }: ServerCallContext): string {
  return user?.userName ?? anonymous
}
