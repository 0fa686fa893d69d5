import type { Parameter, Subprogram, SubprogramResult } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import type { OracleNumber } from '../../values/oracle-number.ts'
import { BOOLEAN, NUMBER } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { valueError } from '../plsql-exception.ts'
import { MAXIMUM_LENGTH } from '../plsql-type.ts'
import { lobOpening } from './dbms-lob-opening.ts'
import { BINARY_LOB, CHARACTER_LOB, type LobKind } from './lob-content.ts'
import { input, inputOutput, integerOf, numeric, output } from './parameters.ts'

/** The size that stands for "all of it". */
const LARGEST = '18446744073709551615'
const CHUNK_SIZE = 8132

type Values = Readonly<Record<string, OracleValue>>

/** DBMS_LOB over CLOB and BLOB values. A temporary LOB is a value like any other and is gone with its last holder. */
export const dbmsLob: readonly Subprogram[] = [
  ...lobSubprograms(CHARACTER_LOB),
  ...lobSubprograms(BINARY_LOB),
  ...lobOpening(CHARACTER_LOB.lob),
  ...lobOpening(BINARY_LOB.lob),
]

/** Constants of DBMS_LOB. */
export const dbmsLobConstants: Readonly<Record<string, OracleNumber>> = {
  'DBMS_LOB.CALL': numeric(12),
  'DBMS_LOB.SESSION': numeric(10),
  'DBMS_LOB.LOB_READONLY': numeric(0),
  'DBMS_LOB.LOB_READWRITE': numeric(1),
  'DBMS_LOB.FILE_READONLY': numeric(0),
  'DBMS_LOB.LOBMAXSIZE': numeric(LARGEST),
  'DBMS_LOB.DEFAULT_CSID': numeric(0),
  'DBMS_LOB.DEFAULT_LANG_CTX': numeric(0),
  'DBMS_LOB.NO_WARNING': numeric(0),
}

/** Exceptions of DBMS_LOB with their ORA numbers. */
export const dbmsLobExceptions: Readonly<Record<string, number>> = {
  'DBMS_LOB.INVALID_ARGVAL': 21560,
  'DBMS_LOB.ACCESS_ERROR': 22925,
  'DBMS_LOB.NOEXIST_DIRECTORY': 22285,
}

function lobSubprograms<Content extends string | Uint8Array>(kind: LobKind<Content>): Subprogram[] {
  const { lob, buffer } = kind
  const one = numeric(1)
  const content = (value: OracleValue | undefined): Content | null => (kind.is(value) ? value : null)
  const required = (value: OracleValue | undefined): Content => {
    const found = content(value)
    if (found === null) throw valueError('invalid LOB locator specified: ORA-22275')
    return found
  }
  const define = (
    name: string,
    parameters: readonly Parameter[],
    run: (values: Values) => SubprogramResult,
    returns?: Subprogram['returns'],
  ): Subprogram => ({
    name: `DBMS_LOB.${name}`,
    parameters,
    run,
    ...(returns === undefined ? {} : { returns }),
  })
  const written = (start: Content, offset: number, piece: Content): Content => {
    const gap = offset - 1 - start.length
    const padded = gap > 0 ? kind.concatenate(start, kind.filler(gap)) : start
    return kind.concatenate(kind.slice(padded, 0, offset - 1), piece, kind.slice(padded, offset - 1 + piece.length))
  }
  return [
    define(
      'GETLENGTH',
      [input('LOB_LOC', lob)],
      ({ LOB_LOC }) => {
        const found = content(LOB_LOC)
        return { value: found === null ? null : numeric(found.length) }
      },
      NUMBER,
    ),
    define(
      'SUBSTR',
      [input('LOB_LOC', lob), input('AMOUNT', NUMBER, numeric(MAXIMUM_LENGTH)), input('OFFSET', NUMBER, one)],
      ({ LOB_LOC, AMOUNT, OFFSET }) => {
        const found = content(LOB_LOC)
        const amount = integerOf(AMOUNT)
        const offset = integerOf(OFFSET)
        if (found === null || amount === null || offset === null) return { value: null }
        if (amount < 1 || amount > MAXIMUM_LENGTH || offset < 1) return { value: null }
        const piece = kind.slice(found, offset - 1, offset - 1 + amount)
        return { value: piece.length === 0 ? null : piece }
      },
      buffer,
    ),
    define(
      'INSTR',
      [input('LOB_LOC', lob), input('PATTERN', buffer), input('OFFSET', NUMBER, one), input('NTH', NUMBER, one)],
      ({ LOB_LOC, PATTERN, OFFSET, NTH }) => {
        const found = content(LOB_LOC)
        const pattern = content(PATTERN)
        const offset = integerOf(OFFSET)
        const nth = integerOf(NTH)
        if (found === null || pattern === null || offset === null || nth === null || offset < 1 || nth < 1) {
          return { value: null }
        }
        let position = offset - 2
        for (let count = 0; count < nth; count += 1) {
          position = kind.indexOf(found, pattern, position + 1)
          if (position === -1) break
        }
        return { value: numeric(position + 1) }
      },
      NUMBER,
    ),
    define(
      'COMPARE',
      [
        input('LOB_1', lob),
        input('LOB_2', lob),
        input('AMOUNT', NUMBER, numeric(LARGEST)),
        input('OFFSET_1', NUMBER, one),
        input('OFFSET_2', NUMBER, one),
      ],
      ({ LOB_1, LOB_2, AMOUNT, OFFSET_1, OFFSET_2 }) => {
        const [left, right] = [content(LOB_1), content(LOB_2)]
        const [amount, from, to] = [integerOf(AMOUNT), integerOf(OFFSET_1), integerOf(OFFSET_2)]
        if (left === null || right === null || amount === null || from === null || to === null) return { value: null }
        if (amount < 1 || from < 1 || to < 1) return { value: null }
        const order = kind.compare(
          kind.slice(left, from - 1, from - 1 + amount),
          kind.slice(right, to - 1, to - 1 + amount),
        )
        return { value: numeric(order) }
      },
      NUMBER,
    ),
    define(
      'CREATETEMPORARY',
      [inputOutput('LOB_LOC', lob), input('CACHE', BOOLEAN), input('DUR', NUMBER, numeric(10))],
      () => ({ out: { LOB_LOC: kind.empty } }),
    ),
    define('FREETEMPORARY', [inputOutput('LOB_LOC', lob)], ({ LOB_LOC }) => {
      required(LOB_LOC)
      return { out: { LOB_LOC: null } }
    }),
    define(
      'ISTEMPORARY',
      [input('LOB_LOC', lob)],
      ({ LOB_LOC }) => ({ value: numeric(content(LOB_LOC) === null ? 0 : 1) }),
      NUMBER,
    ),
    define('APPEND', [inputOutput('DEST_LOB', lob), input('SRC_LOB', lob)], ({ DEST_LOB, SRC_LOB }) => ({
      out: { DEST_LOB: kind.concatenate(required(DEST_LOB), required(SRC_LOB)) },
    })),
    define(
      'WRITEAPPEND',
      [inputOutput('LOB_LOC', lob), input('AMOUNT', NUMBER), input('BUFFER', buffer)],
      ({ LOB_LOC, AMOUNT, BUFFER }) => {
        const piece = bufferPiece(kind, content(BUFFER), AMOUNT, 3)
        return { out: { LOB_LOC: kind.concatenate(required(LOB_LOC), piece) } }
      },
    ),
    define(
      'WRITE',
      [inputOutput('LOB_LOC', lob), input('AMOUNT', NUMBER), input('OFFSET', NUMBER), input('BUFFER', buffer)],
      ({ LOB_LOC, AMOUNT, OFFSET, BUFFER }) => {
        const offset = inRange(OFFSET, 3)
        const piece = bufferPiece(kind, content(BUFFER), AMOUNT, 4)
        return { out: { LOB_LOC: written(required(LOB_LOC), offset, piece) } }
      },
    ),
    define(
      'READ',
      [input('LOB_LOC', lob), inputOutput('AMOUNT', NUMBER), input('OFFSET', NUMBER), output('BUFFER', buffer)],
      ({ LOB_LOC, AMOUNT, OFFSET }) => {
        const amount = inRange(AMOUNT, 2, MAXIMUM_LENGTH)
        const offset = inRange(OFFSET, 3)
        const piece = kind.slice(required(LOB_LOC), offset - 1, offset - 1 + amount)
        if (piece.length === 0) throw new OracleError(1403, 'no data found')
        return { out: { AMOUNT: numeric(piece.length), BUFFER: piece } }
      },
    ),
    define(
      'COPY',
      [
        inputOutput('DEST_LOB', lob),
        input('SRC_LOB', lob),
        input('AMOUNT', NUMBER),
        input('DEST_OFFSET', NUMBER, one),
        input('SRC_OFFSET', NUMBER, one),
      ],
      ({ DEST_LOB, SRC_LOB, AMOUNT, DEST_OFFSET, SRC_OFFSET }) => {
        const amount = inRange(AMOUNT, 3)
        const [to, from] = [inRange(DEST_OFFSET, 4), inRange(SRC_OFFSET, 5)]
        const piece = kind.slice(required(SRC_LOB), from - 1, from - 1 + amount)
        return { out: { DEST_LOB: written(required(DEST_LOB), to, piece) } }
      },
    ),
    define('TRIM', [inputOutput('LOB_LOC', lob), input('NEWLEN', NUMBER)], ({ LOB_LOC, NEWLEN }) => {
      const found = required(LOB_LOC)
      const length = integerOf(NEWLEN)
      if (length === null || length < 0) throw outOfRange(2)
      if (length > found.length) {
        throw new OracleError(22926, "specified trim length is greater than current LOB value's length")
      }
      return { out: { LOB_LOC: kind.slice(found, 0, length) } }
    }),
    define(
      'ERASE',
      [inputOutput('LOB_LOC', lob), inputOutput('AMOUNT', NUMBER), input('OFFSET', NUMBER, one)],
      ({ LOB_LOC, AMOUNT, OFFSET }) => {
        const found = required(LOB_LOC)
        const offset = inRange(OFFSET, 3)
        const amount = Math.min(inRange(AMOUNT, 2), Math.max(0, found.length - offset + 1))
        return { out: { LOB_LOC: written(found, offset, kind.filler(amount)), AMOUNT: numeric(amount) } }
      },
    ),
    define(
      'GETCHUNKSIZE',
      [input('LOB_LOC', lob)],
      ({ LOB_LOC }) => ({ value: content(LOB_LOC) === null ? null : numeric(CHUNK_SIZE) }),
      NUMBER,
    ),
  ]
}

/** As much of a buffer as the amount says. */
function bufferPiece<Content extends string | Uint8Array>(
  kind: LobKind<Content>,
  buffer: Content | null,
  amount: OracleValue | undefined,
  bufferPosition: number,
): Content {
  if (buffer === null) throw outOfRange(bufferPosition)
  const length = inRange(amount, 2, MAXIMUM_LENGTH)
  if (length > buffer.length) throw outOfRange(2)
  return kind.slice(buffer, 0, length)
}

function inRange(value: OracleValue | undefined, position: number, maximum = Number.POSITIVE_INFINITY): number {
  const number = integerOf(value)
  if (number === null || number < 1 || number > maximum) throw outOfRange(position)
  return number
}

function outOfRange(position: number): OracleError {
  return new OracleError(21560, `argument ${position} is null, invalid, or out of range`)
}
