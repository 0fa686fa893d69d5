import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

const ROUNDS = 4096
const SPEEDY_SALT = 'AUTH_PBKDF2_SPEEDY_KEY'

/** What the database keeps of a password: enough to check one, not enough to know it. */
export class PasswordVerifier {
  readonly salt: Buffer
  readonly rounds: number = ROUNDS
  readonly #hash: Buffer

  private constructor(salt: Buffer, hash: Buffer) {
    this.salt = salt
    this.#hash = hash
  }

  static forPassword(password: string): PasswordVerifier {
    const salt = randomBytes(16)
    return new PasswordVerifier(salt, hashOf(stretch(password, salt), salt))
  }

  /** A verifier that no password satisfies, always with the same salt for the same name and secret. */
  static unsatisfiable(name: string, secret: Buffer): PasswordVerifier {
    const bytes = createHmac('sha512', secret).update(name).digest()
    return new PasswordVerifier(bytes.subarray(0, 16), createHash('sha512').update(bytes).digest())
  }

  /** Key for the exchange of session keys. */
  get key(): Buffer {
    return this.#hash.subarray(0, 32)
  }

  matchesStretched(stretched: Uint8Array): boolean {
    return timingSafeEqual(hashOf(stretched, this.salt), this.#hash)
  }

  matchesPassword(password: string): boolean {
    return this.matchesStretched(stretch(password, this.salt))
  }
}

function stretch(password: string, salt: Buffer): Buffer {
  return pbkdf2Sync(password, Buffer.concat([salt, Buffer.from(SPEEDY_SALT)]), ROUNDS, 64, 'sha512')
}

function hashOf(stretched: Uint8Array, salt: Buffer): Buffer {
  return createHash('sha512').update(stretched).update(salt).digest()
}
