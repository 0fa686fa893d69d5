import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import { OracleError } from '../oracle-error.ts'
import type { PasswordVerifier } from './password-verifier.ts'

const KEY_EXCHANGE_ROUNDS = 3
const NO_VECTOR = Buffer.alloc(16)

/** What a client sends to prove that it knows the password, all in hexadecimal. */
export interface LogonProof {
  readonly sessionKey: string
  readonly speedyKey: string | undefined
  readonly password: string | undefined
}

/** One attempt to log on with the 12c verifier: challenge, proof, and the server's own proof. */
export class Logon {
  readonly #verifier: PasswordVerifier
  readonly #serverKey = randomBytes(32)
  readonly #mixingSalt = randomBytes(16)
  #comboKey: Buffer | undefined

  constructor(verifier: PasswordVerifier) {
    this.#verifier = verifier
  }

  /** The challenge, in hexadecimal where it is binary. */
  get challenge(): { sessionKey: string; salt: string; mixingSalt: string; rounds: number; exchangeRounds: number } {
    return {
      sessionKey: hex(encrypt(this.#verifier.key, this.#serverKey)),
      salt: hex(this.#verifier.salt),
      mixingSalt: hex(this.#mixingSalt),
      rounds: this.#verifier.rounds,
      exchangeRounds: KEY_EXCHANGE_ROUNDS,
    }
  }

  /**
   * Checks the proof.
   * @returns the server's own proof, in hexadecimal, which the client checks in turn.
   * @throws OracleError ORA-01017
   */
  accept(proof: LogonProof): string {
    const clientKey = decrypt(this.#verifier.key, proof.sessionKey)?.subarray(0, 32)
    if (clientKey?.length !== 32) throw denied()
    const mixed = hex(Buffer.concat([clientKey, this.#serverKey]))
    const comboKey = pbkdf2Sync(mixed, this.#mixingSalt, KEY_EXCHANGE_ROUNDS, 32, 'sha512')
    if (!this.#proves(comboKey, proof)) throw denied()
    this.#comboKey = comboKey
    return hex(encrypt(comboKey, Buffer.concat([randomBytes(16), Buffer.from('SERVER_TO_CLIENT')])))
  }

  #proves(comboKey: Buffer, proof: LogonProof): boolean {
    if (proof.speedyKey !== undefined) {
      const speedy = decrypt(comboKey, proof.speedyKey)
      return speedy !== undefined && speedy.length >= 80 && this.#verifier.matchesStretched(speedy.subarray(16, 80))
    }
    const password = proof.password === undefined ? undefined : decryptPassword(comboKey, proof.password)
    return password !== undefined && this.#verifier.matchesPassword(password)
  }

  /** A password that the client sends once the logon was accepted; undefined for what cannot be one. */
  readPassword(text: string): string | undefined {
    return this.#comboKey && decryptPassword(this.#comboKey, text)
  }
}

/** @returns the error for a wrong password, an unknown user and everything else that is not allowed in. */
export function denied(): OracleError {
  return new OracleError(1017, 'invalid credential or not authorized; logon denied')
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

function encrypt(key: Buffer, bytes: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, NO_VECTOR).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

/** Undefined for what cannot be a ciphertext. */
function decrypt(key: Buffer, text: string): Buffer | undefined {
  if (!/^(?:[0-9a-f]{32}){1,64}$/i.test(text)) return undefined
  const decipher = createDecipheriv('aes-256-cbc', key, NO_VECTOR).setAutoPadding(false)
  return Buffer.concat([decipher.update(Buffer.from(text, 'hex')), decipher.final()])
}

function decryptPassword(comboKey: Buffer, text: string): string | undefined {
  const padded = decrypt(comboKey, text)
  return padded && unpad(padded.subarray(16))?.toString('utf8')
}

function unpad(bytes: Buffer): Buffer | undefined {
  const count = bytes.at(-1) ?? 0
  return count >= 1 && count <= 16 && count <= bytes.length ? bytes.subarray(0, bytes.length - count) : undefined
}
