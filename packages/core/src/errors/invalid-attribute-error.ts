import { SelectAIError } from './select-ai-error.ts'

/** The database refused an attribute of an object, or its value. Nothing of the call was kept. */
export class InvalidAttributeError extends SelectAIError {
  /** The `code` of every error of this class. */
  static readonly code = 'INVALID_ATTRIBUTE'
  /** What kind of object it was, for example `profile`. */
  readonly kind: string
  /** The object's name as the caller gave it. */
  readonly object: string
  /** The attribute, when the database named it. */
  readonly attribute: string | undefined

  constructor({
    kind,
    object,
    attribute,
    cause,
  }: {
    kind: string
    object: string
    attribute?: string | undefined
    cause?: unknown
  }) {
    const what = attribute === undefined ? 'the attributes' : `'${attribute}' or its value`
    super({
      message: `The database refused ${what} for the ${kind} '${object}'. See the cause for its reason, and correct the attributes.`,
      code: InvalidAttributeError.code,
      retryable: false,
      cause,
    })
    this.kind = kind
    this.object = object
    this.attribute = attribute
  }
}
