import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { mistake } from '../a2a-options.ts'

const shortest = 16

/** @throws SelectAIArgumentError for a secret that is easily guessed */
export function checkSecret(secret: unknown): string {
  if (typeof secret === 'string' && secret.length >= shortest && /^[\x21-\x7e]+$/.test(secret)) return secret
  throw mistake(
    'secret',
    `must be a text of at least ${shortest} visible ASCII characters, the same for gateway and workers.`,
  )
}

/** The header by which a gateway shows that it knows the secret. */
export function authorizationOf(secret: string): string {
  return `Bearer ${secret}`
}

/** Whether a request comes from who knows the secret. Takes the same time whatever was sent. */
export function isAuthorized({ headers }: IncomingMessage, secret: string): boolean {
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(authorizationOf(secret)))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
