import type { CallContext, Subprogram } from '../../execution/subprogram.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { input, integerOf, numeric, textOf } from './parameters.ts'

const STATE = 'DBMS_RANDOM'
const TEXT: OracleType = varchar2(4000)
const LONGEST_TEXT = 4000

/** DBMS_RANDOM: pseudorandom numbers and texts; the same seed gives the same series. */
export const dbmsRandom: readonly Subprogram[] = [
  {
    name: 'DBMS_RANDOM.VALUE',
    parameters: [],
    returns: NUMBER,
    run: (_values, context) => ({ value: fraction(context) }),
  },
  {
    name: 'DBMS_RANDOM.VALUE',
    parameters: [input('LOW', NUMBER), input('HIGH', NUMBER)],
    returns: NUMBER,
    run: (values, context) => {
      const { LOW: low, HIGH: high } = values
      if (!(low instanceof OracleNumber) || !(high instanceof OracleNumber)) return { value: null }
      return { value: low.plus(high.minus(low).times(fraction(context))) }
    },
  },
  {
    name: 'DBMS_RANDOM.NORMAL',
    parameters: [],
    returns: NUMBER,
    run: (_values, context) => {
      const radius = Math.sqrt(-2 * Math.log(1 - random(context)))
      return { value: numeric(radius * Math.cos(2 * Math.PI * random(context))) }
    },
  },
  {
    name: 'DBMS_RANDOM.STRING',
    parameters: [input('OPT', TEXT), input('LEN', NUMBER)],
    returns: TEXT,
    run: (values, context) => {
      const alphabet = alphabetOf(textOf(values.OPT) ?? 'U')
      const length = Math.min(integerOf(values.LEN) ?? 0, LONGEST_TEXT)
      let text = ''
      while (text.length < length) text += alphabet[Math.floor(random(context) * alphabet.length)]
      return { value: text === '' ? null : text }
    },
  },
  ...[NUMBER, TEXT].map(
    (type): Subprogram => ({
      name: 'DBMS_RANDOM.SEED',
      parameters: [input('VAL', type)],
      run: (values, context) => {
        context.packageState.set(STATE, { state: seedOf(String(values.VAL)) })
        return {}
      },
    }),
  ),
]

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS = '0123456789'

function alphabetOf(option: string): string {
  const printable = String.fromCharCode(...Array.from({ length: 95 }, (_item, index) => index + 32))
  const alphabets: Readonly<Record<string, string>> = {
    U: UPPER,
    L: UPPER.toLowerCase(),
    A: UPPER + UPPER.toLowerCase(),
    X: UPPER + DIGITS,
    P: printable,
  }
  return alphabets[option.charAt(0).toUpperCase()] ?? UPPER
}

/** A number from 0 up to 1 with 38 digits. */
function fraction(context: CallContext): OracleNumber {
  let digits = ''
  while (digits.length < 38) digits += String(Math.floor(random(context) * 1e9)).padStart(9, '0')
  return new OracleNumber(`0.${digits.slice(0, 38)}`)
}

function seedOf(text: string): number {
  let hash = 2_166_136_261
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return hash >>> 0
}

/** A number from 0 up to 1 out of 32 bits of a generator that mixes a running counter. */
function random(context: CallContext): number {
  let generator = context.packageState.get(STATE) as { state: number } | undefined
  if (generator === undefined) {
    generator = { state: Math.floor(Math.random() * 2 ** 32) }
    context.packageState.set(STATE, generator)
  }
  generator.state = (generator.state + 0x9e3779b9) >>> 0
  let mixed = generator.state
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}
