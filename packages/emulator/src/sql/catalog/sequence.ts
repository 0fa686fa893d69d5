import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'

const LARGEST = new OracleNumber(10).pow(28).minus(1)
const LEAST = new OracleNumber(10).pow(27).minus(1).negated()
const ZERO = new OracleNumber(0)
const ONE = new OracleNumber(1)

/** What CREATE SEQUENCE, ALTER SEQUENCE and identity columns say; what is left out stays as it is. */
export interface SequenceOptions {
  readonly increment?: OracleNumber
  readonly start?: OracleNumber
  /** Null for NOMINVALUE. */
  readonly minimum?: OracleNumber | null
  /** Null for NOMAXVALUE. */
  readonly maximum?: OracleNumber | null
  readonly cycle?: boolean
  readonly cache?: number
  readonly order?: boolean
  readonly restart?: boolean
}

type Settings = Required<Omit<SequenceOptions, 'restart' | 'minimum' | 'maximum'>> & {
  readonly minimum: OracleNumber
  readonly maximum: OracleNumber
}

/** A generator of numbers. What it gave out is gone, whatever becomes of the transaction. */
export class Sequence {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly created: Date = new Date()
  #settings: Settings
  #next: OracleNumber

  /** @throws OracleError ORA-04002, ORA-04004, ORA-04006, ORA-04008 */
  constructor(id: number, owner: string, name: string, options: SequenceOptions) {
    this.id = id
    this.owner = owner
    this.name = name
    this.#settings = complete(options, undefined)
    this.#next = this.#settings.start
  }

  get settings(): Settings {
    return this.#settings
  }

  /** The number that comes next, LAST_NUMBER of the dictionary. */
  get upcoming(): OracleNumber {
    return this.#next
  }

  /** @throws OracleError as the constructor */
  alter(options: SequenceOptions): void {
    this.#settings = complete(options, this.#settings)
    if (options.restart === true) this.#next = this.#settings.start
  }

  /** @throws OracleError ORA-08004 */
  take(): OracleNumber {
    const { increment, minimum, maximum, cycle } = this.#settings
    const rises = increment.isPositive()
    if (rises ? this.#next.greaterThan(maximum) : this.#next.lessThan(minimum)) {
      if (!cycle) {
        const bound = rises ? 'exceeds MAXVALUE' : 'goes below MINVALUE'
        throw new OracleError(8004, `sequence ${this.name}.NEXTVAL ${bound} and cannot be instantiated`)
      }
      this.#next = rises ? minimum : maximum
    }
    const taken = this.#next
    this.#next = taken.plus(increment)
    return taken
  }
}

function complete(options: SequenceOptions, before: Settings | undefined): Settings {
  const increment = options.increment ?? before?.increment ?? ONE
  if (increment.isZero()) throw new OracleError(4002, 'INCREMENT must be a nonzero integer')
  const rises = increment.isPositive()
  const minimum = bound(options.minimum, before?.minimum, rises ? ONE : LEAST)
  const maximum = bound(options.maximum, before?.maximum, rises ? LARGEST : ONE.negated())
  if (minimum.greaterThanOrEqualTo(maximum)) throw new OracleError(4004, 'MINVALUE must be less than MAXVALUE')
  const start = options.start ?? before?.start ?? (rises ? minimum : maximum)
  if (start.lessThan(minimum)) throw new OracleError(4006, 'START WITH cannot be less than MINVALUE')
  if (start.greaterThan(maximum)) throw new OracleError(4008, 'START WITH cannot be more than MAXVALUE')
  return {
    increment,
    minimum,
    maximum,
    start,
    cycle: options.cycle ?? before?.cycle ?? false,
    cache: options.cache ?? before?.cache ?? 20,
    order: options.order ?? before?.order ?? false,
  }
}

/** A bound that is left out stays; NOMINVALUE and NOMAXVALUE bring back the widest. */
function bound(
  given: OracleNumber | null | undefined,
  before: OracleNumber | undefined,
  widest: OracleNumber,
): OracleNumber {
  return given === undefined ? (before ?? widest) : (given ?? widest)
}

/** The numbers of sequences as one session has seen them. */
export class SessionSequences {
  readonly #find: (id: number) => Sequence | undefined
  readonly #current = new Map<number, OracleNumber>()

  constructor(find: (id: number) => Sequence | undefined) {
    this.#find = find
  }

  next(id: number): OracleNumber {
    const taken = this.#find(id)?.take() ?? ZERO
    this.#current.set(id, taken)
    return taken
  }

  /** @throws OracleError ORA-08002 */
  current(id: number): OracleNumber {
    const known = this.#current.get(id)
    if (known !== undefined) return known
    throw new OracleError(8002, `sequence ${this.#find(id)?.name}.CURRVAL is not yet defined in this session`)
  }
}
