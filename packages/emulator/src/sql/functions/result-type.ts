import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import { familyOf, type SqlType } from '../values/sql-value.ts'

/** The most that a VARCHAR2 holds, in bytes: with extended strings, as an Autonomous Database has them. */
export const MAXIMUM_TEXT = 32_767

export function isText(type: SqlType): boolean {
  return familyOf(type) === 'text' || familyOf(type) === 'clob'
}

/** The bytes a value of the type takes when it is written as text. */
export function textLength(type: SqlType): number {
  if ('length' in type) return familyOf(type) === 'raw' ? type.length * 2 : type.length
  const lengths = { number: 40, date: 75, timestamp: 75, zoned: 75, boolean: 5, null: 0, months: 30, span: 30 }
  const family = familyOf(type)
  return family in lengths ? lengths[family as keyof typeof lengths] : 4000
}

/** Text as long as the argument at `index`; a CLOB stays a CLOB. */
export function textLike(index = 0): (types: readonly SqlType[]) => SqlType {
  return (types) => {
    const type = types[index]
    if (type === undefined) return varchar2()
    return familyOf(type) === 'clob' ? { name: 'CLOB' } : varchar2(textLength(type))
  }
}

/** Text of up to `length` bytes, or a CLOB when the argument at `index` is one. */
export function textOf(length: number, index = 0): (types: readonly SqlType[]) => SqlType {
  return (types) => (familyOf(types[index] ?? NUMBER) === 'clob' ? { name: 'CLOB' } : varchar2(length))
}

export function always(type: SqlType): () => SqlType {
  return () => type
}

/**
 * The type that can hold values of all given types, or undefined when they do not go together.
 * Text and CLOB make a CLOB; DATE and TIMESTAMP make the wider one.
 */
export function unifyTypes(types: readonly SqlType[]): SqlType | undefined {
  const known = types.filter((type) => type.name !== 'NULL')
  const first = known[0]
  if (first === undefined) return types[0]
  return known.slice(1).reduce<SqlType | undefined>((left, right) => left && unifyTwo(left, right), first)
}

const TIME_RANK: Readonly<Record<string, number>> = { date: 1, timestamp: 2, zoned: 3 }

function unifyTwo(left: SqlType, right: SqlType): SqlType | undefined {
  const [a, b] = [familyOf(left), familyOf(right)]
  if (a === 'text' && b === 'text') return unifyText(left, right)
  if (left.name === 'JSON' && right.name === 'JSON') return left
  if (isText(left) && isText(right)) return { name: 'CLOB' }
  const [rankLeft, rankRight] = [TIME_RANK[a], TIME_RANK[b]]
  if (rankLeft !== undefined && rankRight !== undefined) return rankLeft >= rankRight ? left : right
  if (a !== b) return undefined
  if (a === 'number') return left.name === right.name && sameNumber(left, right) ? left : NUMBER
  if (a === 'raw' && left.name === 'RAW' && right.name === 'RAW') {
    return { name: 'RAW', length: Math.max(left.length, right.length) }
  }
  return left
}

function sameNumber(left: SqlType, right: SqlType): boolean {
  if (left.name !== 'NUMBER' || right.name !== 'NUMBER') return true
  return left.precision === right.precision && left.scale === right.scale
}

function unifyText(left: SqlType, right: SqlType): SqlType {
  const [a, b] = [textLength(left), textLength(right)]
  if (left.name === 'CHAR' && right.name === 'CHAR' && a === b) return left
  return varchar2(Math.max(a, b))
}
