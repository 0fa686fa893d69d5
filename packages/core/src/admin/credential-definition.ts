import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'

/** A credential of a user name with a password or key: of an AI provider, an object store or AWS (access key and secret). */
export interface PasswordCredential {
  /** The user name that the provider expects; many take any. */
  readonly username: string
  /** The password or API key. It is bound, and never part of a message. */
  readonly password: string
  /** A remark of at most 240 characters. */
  readonly comments?: string
}

/** A credential of an Oracle Cloud user who signs with a key. */
export interface KeyCredential {
  /** OCID of the user. */
  readonly userOcid: string
  /** OCID of the tenancy. */
  readonly tenancyOcid: string
  /** The private key: the base64 body of its PEM file, without the lines that begin and end it. It is bound, and never part of a message. */
  readonly privateKey: string
  /** Fingerprint of the public key. */
  readonly fingerprint: string
  /** A remark of at most 240 characters. */
  readonly comments?: string
}

/** What a credential holds. */
export type CredentialDefinition = PasswordCredential | KeyCredential

/** What may be changed of a credential; the rest stays. */
export type CredentialChanges = Partial<PasswordCredential> | Partial<KeyCredential>

/** A credential in the database, without its secret. */
export interface CredentialDescription {
  /** Upper case. */
  readonly name: string
  /** The user name, or for a key the OCID of its user. */
  readonly username: string | undefined
  readonly comments: string | undefined
  readonly enabled: boolean
}

const longestNameBytes = 128
const longestComments = 240
const namePattern = /^\p{L}[\p{L}\p{N}_$#]*$/u
const passwordParts = ['username', 'password'] as const
const keyParts = ['userOcid', 'tenancyOcid', 'privateKey', 'fingerprint'] as const

/** A part of a credential, by its name here. */
export type CredentialPart = (typeof passwordParts)[number] | (typeof keyParts)[number] | 'comments'

/** The parts of each kind of credential. */
export const partsOf: Readonly<Record<'password' | 'key', readonly CredentialPart[]>> = {
  password: [...passwordParts, 'comments'],
  key: [...keyParts, 'comments'],
}

/** The parts of every kind. */
export const allParts: readonly CredentialPart[] = [...passwordParts, ...partsOf.key]
const parts: readonly string[] = allParts

/** @throws SelectAIArgumentError */
export function checkCredentialName(name: string): string {
  if (typeof name === 'string' && namePattern.test(name) && Buffer.byteLength(name) <= longestNameBytes) return name
  const message = `must be a letter followed by letters, digits, _, $ or #, at most ${longestNameBytes} bytes.`
  throw new SelectAIArgumentError({ argument: 'name', message })
}

/**
 * Says of which kind a definition is.
 * @throws SelectAIArgumentError for a definition that is not complete.
 */
export function checkCredentialDefinition(definition: CredentialDefinition): 'password' | 'key' {
  const given = checkParts(definition, 'definition')
  const kind = keyParts.some((part) => given[part] !== undefined) ? 'key' : 'password'
  const needed = kind === 'key' ? keyParts : passwordParts
  const missing = needed.find((part) => given[part] === undefined)
  if (missing !== undefined) {
    throw new SelectAIArgumentError({ argument: `definition.${missing}`, message: 'is missing.' })
  }
  return kind
}

/** @throws SelectAIArgumentError for changes that change nothing. */
export function checkCredentialChanges(changes: CredentialChanges): void {
  const given = checkParts(changes, 'changes')
  if (Object.values(given).every((value) => value === undefined)) {
    throw new SelectAIArgumentError({ argument: 'changes', message: `must hold one of ${parts.join(', ')}.` })
  }
}

function checkParts(value: object, argument: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    throw new SelectAIArgumentError({ argument, message: 'must be an object.' })
  }
  const given = value as Readonly<Record<string, unknown>>
  const unknown = Object.keys(given).find((name) => !parts.includes(name))
  if (unknown !== undefined) {
    const message = `is not a part of a credential. Parts: ${parts.join(', ')}.`
    throw new SelectAIArgumentError({ argument: `${argument}.${unknown}`, message })
  }
  for (const part of parts) {
    if (given[part] !== undefined && (typeof given[part] !== 'string' || given[part].trim() === '')) {
      throw new SelectAIArgumentError({ argument: `${argument}.${part}`, message: 'must be a text that is not blank.' })
    }
  }
  const both = passwordParts.find((part) => given[part] !== undefined)
  if (both !== undefined && keyParts.some((part) => given[part] !== undefined)) {
    const message =
      'belongs to another kind of credential than the rest. Give either a user name with a password, or a key.'
    throw new SelectAIArgumentError({ argument: `${argument}.${both}`, message })
  }
  if (typeof given.privateKey === 'string' && /-----/.test(given.privateKey)) {
    const message = 'must be the base64 body of the PEM file, without the lines that begin and end it.'
    throw new SelectAIArgumentError({ argument: `${argument}.privateKey`, message })
  }
  if (typeof given.comments === 'string' && given.comments.length > longestComments) {
    const message = `must have at most ${longestComments} characters.`
    throw new SelectAIArgumentError({ argument: `${argument}.comments`, message })
  }
  return given
}
