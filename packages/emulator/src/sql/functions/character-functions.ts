import { OracleError } from '../../oracle-error.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { CLOB, NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { familyOf, type SqlType, type SqlValue } from '../values/sql-value.ts'
import { always, MAXIMUM_TEXT, textLength, textLike, textOf } from './result-type.ts'
import type { ParameterKind, ScalarFunction } from './scalar-function.ts'

interface Shape {
  readonly optional?: number
  readonly returns?: (types: readonly SqlType[]) => SqlType
  readonly acceptsNull?: boolean
}

/** A function whose first parameter is text. */
function character(
  name: string,
  parameters: readonly ParameterKind[],
  run: (text: string, rest: readonly SqlValue[]) => SqlValue,
  shape: Shape = {},
): ScalarFunction {
  return {
    name,
    parameters: ['text', ...parameters],
    returns: textLike(),
    ...shape,
    run: ([first, ...rest]) => run(first as string, rest),
  }
}

function integer(value: SqlValue | undefined, missing: number): number {
  return value instanceof OracleNumber ? value.trunc().toNumber() : missing
}

/** Positions count characters, and a surrogate pair is one; text without pairs is indexed directly. */
function charactersOf(text: string): readonly string[] | string {
  return /[\ud800-\udbff]/.test(text) ? [...text] : text
}

function slice(text: string, from: number, to: number): string {
  const characters = charactersOf(text)
  return typeof characters === 'string' ? characters.slice(from, to) : characters.slice(from, to).join('')
}

function substring(text: string, start: number, length: number | undefined): string | null {
  if (length !== undefined && length < 1) return null
  const size = charactersOf(text).length
  const from = start > 0 ? start - 1 : start < 0 ? size + start : 0
  if (from < 0 || from >= size) return null
  return slice(text, from, length === undefined ? size : from + length)
}

/** INSTR: a negative position searches backwards from the end. */
function position(text: string, search: string, start: number, occurrence: number): number {
  if (occurrence < 1) throw new OracleError(1428, `argument '${occurrence}' is out of range`)
  if (start === 0) return 0
  const backwards = start < 0
  let at = backwards ? text.length + start : start - 1
  if (at < 0) return 0
  for (let left = occurrence; left > 0; left -= 1) {
    const found = backwards ? text.lastIndexOf(search, at) : text.indexOf(search, at)
    if (found === -1) return 0
    if (left === 1) return found + 1
    at = backwards ? found - 1 : found + 1
    if (at < 0) return 0
  }
  return 0
}

function initialCapitals(text: string): string {
  return text.toLowerCase().replace(/[\p{L}\p{N}]+/gu, (word) => (word[0] as string).toUpperCase() + word.slice(1))
}

function trimCharacters(text: string, characters: string, left: boolean, right: boolean): string {
  const set = new Set(characters)
  const letters = [...text]
  let from = 0
  let to = letters.length
  while (left && from < to && set.has(letters[from] as string)) from += 1
  while (right && to > from && set.has(letters[to - 1] as string)) to -= 1
  return letters.slice(from, to).join('')
}

function pad(text: string, rest: readonly SqlValue[], left: boolean): string | null {
  const width = Math.min(integer(rest[0], 0), MAXIMUM_TEXT)
  const filler = (rest[1] as string | undefined) ?? ' '
  if (width < 1) return null
  const size = charactersOf(text).length
  if (size >= width) return slice(text, 0, width)
  const wanted = width - size
  const fill = slice(filler.repeat(Math.ceil(wanted / charactersOf(filler).length)), 0, wanted)
  return left ? fill + text : text + fill
}

function translate(text: string, from: string, to: string): string {
  const target = [...to]
  const map = new Map<string, string>()
  for (const [index, letter] of [...from].entries()) if (!map.has(letter)) map.set(letter, target[index] ?? '')
  return [...text].map((letter) => map.get(letter) ?? letter).join('')
}

function fromCode(code: number): string {
  if (code < 0 || code > 0xffffffff) throw new OracleError(1428, `argument '${code}' is out of range`)
  const bytes =
    code < 0x100
      ? [code]
      : code < 0x10000
        ? [code >> 8, code & 255]
        : [(code >>> 16) & 255, (code >> 8) & 255, code & 255]
  return code < 0x80 ? String.fromCharCode(code) : Buffer.from(bytes).toString('utf8')
}

function codePoint(code: number): string {
  if (code < 0 || code > 0x10ffff) throw new OracleError(1428, `argument '${code}' is out of range`)
  return String.fromCodePoint(code)
}

/** ASCIISTR: what is not ASCII becomes the number of its UTF-16 code unit, and so does the backslash. */
function asciiOnly(text: string): string {
  return text.replace(/[^ -[\]-~\s]/g, (unit) => `\\${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}

const SOUNDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'BFPV'].map((letter) => [letter, '1'])),
  ...Object.fromEntries([...'CGJKQSXZ'].map((letter) => [letter, '2'])),
  D: '3',
  T: '3',
  L: '4',
  M: '5',
  N: '5',
  R: '6',
}

function soundex(text: string): string | null {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, '')
  const first = letters[0]
  if (first === undefined) return null
  let code = first
  let previous = SOUNDS[first]
  for (const letter of letters.slice(1)) {
    const sound = SOUNDS[letter]
    if (sound !== undefined && sound !== previous) code += sound
    if (letter !== 'H' && letter !== 'W') previous = sound
  }
  return code.padEnd(4, '0').slice(0, 4)
}

const number = { returns: always(NUMBER) }

export const characterFunctions: readonly ScalarFunction[] = [
  character('UPPER', [], (text) => text.toUpperCase()),
  character('LOWER', [], (text) => text.toLowerCase()),
  character('INITCAP', [], (text) => initialCapitals(text)),
  character('NLS_UPPER', ['text'], (text) => text.toUpperCase(), { optional: 1 }),
  character('NLS_LOWER', ['text'], (text) => text.toLowerCase(), { optional: 1 }),
  character('NLS_INITCAP', ['text'], (text) => initialCapitals(text), { optional: 1 }),
  character('COMPOSE', [], (text) => text.normalize('NFC')),
  character('DECOMPOSE', ['text'], (text, [form]) => text.normalize(form === 'COMPATIBILITY' ? 'NFKD' : 'NFD'), {
    optional: 1,
    returns: textOf(MAXIMUM_TEXT),
  }),
  character('ASCIISTR', [], (text) => asciiOnly(text), { returns: textOf(MAXIMUM_TEXT) }),
  character(
    'SUBSTR',
    ['number', 'number'],
    (text, [start, length]) =>
      substring(text, integer(start, 1), length === undefined ? undefined : integer(length, 0)),
    { optional: 1 },
  ),
  character(
    'SUBSTRB',
    ['number', 'number'],
    (text, [start, length]) => {
      const bytes = Buffer.from(text).toString('latin1')
      const part = substring(bytes, integer(start, 1), length === undefined ? undefined : integer(length, 0))
      return part === null ? null : Buffer.from(part, 'latin1').toString('utf8')
    },
    { optional: 1 },
  ),
  character(
    'INSTR',
    ['text', 'number', 'number'],
    (text, [search, start, occurrence]) =>
      new OracleNumber(position(text, search as string, integer(start, 1), integer(occurrence, 1))),
    { ...number, optional: 2 },
  ),
  character(
    'INSTRB',
    ['text', 'number', 'number'],
    (text, [search, start, occurrence]) => {
      const bytes = (part: string) => Buffer.from(part).toString('latin1')
      const found = position(bytes(text), bytes(search as string), integer(start, 1), integer(occurrence, 1))
      return new OracleNumber(found)
    },
    { ...number, optional: 2 },
  ),
  character('LENGTHC', [], (text) => new OracleNumber([...text.normalize('NFC')].length), number),
  character('LENGTH', [], (text) => new OracleNumber(charactersOf(text).length), number),
  character('LENGTHB', [], (text) => new OracleNumber(Buffer.byteLength(text)), number),
  character('REVERSE', [], (text) => [...text].reverse().join('')),
  character('LTRIM', ['text'], (text, [set]) => trimCharacters(text, (set as string | undefined) ?? ' ', true, false), {
    optional: 1,
  }),
  character('RTRIM', ['text'], (text, [set]) => trimCharacters(text, (set as string | undefined) ?? ' ', false, true), {
    optional: 1,
  }),
  {
    name: 'TRIM',
    parameters: ['text', 'text', 'text'],
    optional: 2,
    returns: (types) => textLike(types.length - 1)(types),
    run: (values) => {
      const text = values.at(-1) as string
      if (values.length === 1) return trimCharacters(text, ' ', true, true)
      const [side, characters] = values as readonly [string, string]
      if ([...characters].length !== 1) throw new OracleError(30001, 'trim set should have only one character')
      return trimCharacters(text, characters, side !== 'TRAILING', side !== 'LEADING')
    },
  },
  character('LPAD', ['number', 'text'], (text, rest) => pad(text, rest, true), {
    optional: 1,
    returns: textOf(MAXIMUM_TEXT),
  }),
  character('RPAD', ['number', 'text'], (text, rest) => pad(text, rest, false), {
    optional: 1,
    returns: textOf(MAXIMUM_TEXT),
  }),
  {
    name: 'REPLACE',
    parameters: ['text', 'text', 'text'],
    optional: 1,
    acceptsNull: true,
    returns: textOf(MAXIMUM_TEXT),
    run: ([text, search, replacement]) => {
      if (text === null || text === undefined || search === null) return text ?? null
      return (text as string).replaceAll(search as string, () => (replacement as string | null | undefined) ?? '')
    },
  },
  character('TRANSLATE', ['text', 'text'], (text, [from, to]) => translate(text, from as string, to as string), {
    returns: textOf(MAXIMUM_TEXT),
  }),
  {
    name: 'CONCAT',
    parameters: ['text', 'text'],
    variadic: true,
    acceptsNull: true,
    returns: (types) =>
      types.some((type) => familyOf(type) === 'clob')
        ? CLOB
        : varchar2(
            Math.min(
              types.reduce((sum, type) => sum + textLength(type), 0),
              MAXIMUM_TEXT,
            ),
          ),
    run: (values) => values.map((value) => value ?? '').join(''),
  },
  character('ASCII', [], (text) => new OracleNumber(`0x${Buffer.from([...text][0] ?? '').toString('hex')}`), number),
  { name: 'NCHR', parameters: ['number'], returns: always(varchar2(4)), run: ([code]) => codePoint(integer(code, 0)) },
  { name: 'CHR', parameters: ['number'], returns: always(varchar2(4)), run: ([code]) => fromCode(integer(code, 0)) },
  {
    name: 'UNISTR',
    parameters: ['text'],
    returns: textLike(),
    run: ([text]) =>
      (text as string).replace(/\\([0-9a-fA-F]{4})|\\\\/g, (whole, code: string | undefined) =>
        code === undefined ? whole.slice(1) : String.fromCharCode(Number.parseInt(code, 16)),
      ),
  },
  character('SOUNDEX', [], (text) => soundex(text), { returns: always(varchar2(4)) }),
]
