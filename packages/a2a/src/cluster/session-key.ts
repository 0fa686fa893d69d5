import { createHash } from 'node:crypto'

/** What a context or a task is known by inside the cluster: it belongs to its owner, and tells neither of the two. */
export function sessionKey(owner: string, id: string): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, id]))
    .digest('base64url')
}
