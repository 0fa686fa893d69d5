import { createHash, randomUUID } from 'node:crypto'
import { OracleError } from '../../oracle-error.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import type { SqlType, SqlValue } from '../values/sql-value.ts'
import { encodeValue } from '../values/stored-value.ts'
import { always, unifyTypes } from './result-type.ts'
import type { ScalarFunction } from './scalar-function.ts'

const HASHES: Readonly<Record<string, string>> = {
  SHA1: 'sha1',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
  MD5: 'md5',
}

/** Orders two values of one kind: negative when the first is smaller. */
function compareValues(left: SqlValue, right: SqlValue): number {
  const [a, b] = [bytesOf(left), bytesOf(right)]
  return Buffer.compare(a, b)
}

function bytesOf(value: SqlValue): Uint8Array {
  const stored = encodeValue(value)
  return typeof stored === 'string' || stored === null ? Buffer.from(stored ?? '') : stored
}

/** The argument types are brought to that of the first; see the list of functions that unify. */
function extreme(name: string, sign: 1 | -1): ScalarFunction {
  return {
    name,
    parameters: ['any', 'any'],
    variadic: true,
    optional: 1,
    returns: (types) => unifyTypes(types) ?? (types[0] as SqlType),
    run: (values) => values.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best)),
  }
}

function firstPresent(values: readonly SqlValue[]): SqlValue {
  return values.find((value) => value !== null && value !== undefined) ?? null
}

function equal(left: SqlValue, right: SqlValue): boolean {
  if (left === null || right === null) return left === right
  return compareValues(left, right) === 0
}

function decode(values: readonly SqlValue[]): SqlValue {
  const [subject = null, ...rest] = values
  for (let index = 0; index + 1 < rest.length; index += 2) {
    if (equal(subject, rest[index] ?? null)) return rest[index + 1] ?? null
  }
  return rest.length % 2 === 1 ? (rest.at(-1) ?? null) : null
}

function ofArgument(index: number): (types: readonly SqlType[]) => SqlType {
  return (types) => types.slice(index).find((type) => type.name !== 'NULL') ?? types[index] ?? varchar2()
}

/** A 31-bit hash that stays the same from run to run; it is not the one Oracle computes. */
function stableHash(value: SqlValue): number {
  return createHash('sha256').update(bytesOf(value)).digest().readUInt32BE(0)
}

export const generalFunctions: readonly ScalarFunction[] = [
  extreme('GREATEST', 1),
  extreme('LEAST', -1),
  // Inside statements these are translated to expressions that evaluate only what they need; PL/SQL calls them directly.
  { name: 'NVL', parameters: ['any', 'any'], acceptsNull: true, returns: ofArgument(0), run: firstPresent },
  {
    name: 'COALESCE',
    parameters: ['any', 'any'],
    variadic: true,
    acceptsNull: true,
    returns: ofArgument(0),
    run: firstPresent,
  },
  {
    name: 'NVL2',
    parameters: ['any', 'any', 'any'],
    acceptsNull: true,
    returns: ofArgument(1),
    run: ([tested, present, absent]) => (tested === null || tested === undefined ? absent : present) ?? null,
  },
  {
    name: 'NULLIF',
    parameters: ['any', 'any'],
    acceptsNull: true,
    returns: ofArgument(0),
    run: ([left = null, right = null]) => (left !== null && equal(left, right) ? null : left),
  },
  {
    name: 'DECODE',
    parameters: ['any', 'any', 'any'],
    variadic: true,
    acceptsNull: true,
    returns: ofArgument(2),
    run: decode,
  },
  {
    name: 'LNNVL',
    parameters: ['any'],
    acceptsNull: true,
    returns: always({ name: 'BOOLEAN' }),
    run: ([value]) => value !== true,
  },
  { name: 'USER', parameters: [], bare: true, returns: always(varchar2(128)), run: (_, context) => context.user },
  { name: 'UID', parameters: [], bare: true, returns: always(NUMBER), run: () => new OracleNumber(100) },
  {
    name: 'SYS_CONTEXT',
    parameters: ['text', 'text', 'number'],
    optional: 1,
    returns: always(varchar2(4000)),
    run: ([namespace, attribute], context) => {
      const value = context.contextValue((namespace as string).toUpperCase(), (attribute as string).toUpperCase())
      if (value === undefined) throw new OracleError(2003, 'invalid USERENV parameter')
      return value
    },
  },
  {
    name: 'USERENV',
    parameters: ['text'],
    returns: always(varchar2(64)),
    run: ([attribute], context) => {
      const value = context.contextValue('USERENV', (attribute as string).toUpperCase())
      if (value === undefined) throw new OracleError(2003, 'invalid USERENV parameter')
      return value
    },
  },
  {
    name: 'SYS_GUID',
    parameters: [],
    returns: always({ name: 'RAW', length: 16 }),
    run: () => Uint8Array.from(Buffer.from(randomUUID().replaceAll('-', ''), 'hex')),
  },
  {
    name: 'STANDARD_HASH',
    parameters: ['text', 'text'],
    optional: 1,
    returns: always({ name: 'RAW', length: 64 }),
    run: ([text, method]) => {
      const algorithm = HASHES[(typeof method === 'string' ? method : 'SHA1').toUpperCase()]
      if (algorithm === undefined) throw new OracleError(1760, 'illegal argument for function')
      return Uint8Array.from(
        createHash(algorithm)
          .update(text as string)
          .digest(),
      )
    },
  },
  {
    name: 'ORA_HASH',
    parameters: ['any', 'number', 'number'],
    optional: 2,
    returns: always(NUMBER),
    run: ([value, buckets]) => {
      const highest = buckets instanceof OracleNumber ? buckets.toNumber() : 4_294_967_295
      return new OracleNumber(stableHash(value ?? null) % (highest + 1))
    },
  },
  {
    name: 'VSIZE',
    parameters: ['any'],
    returns: always(NUMBER),
    run: ([value]) => {
      if (value instanceof OracleDateTime) return new OracleNumber(value.offsetMinutes === undefined ? 7 : 13)
      const size = bytesOf(value ?? null).length
      return new OracleNumber(typeof value === 'string' ? size : size - 1)
    },
  },
]
