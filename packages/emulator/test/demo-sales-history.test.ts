import { describe, expect, test } from 'vitest'
import { salesHistory } from '../src/demo/sales-history.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

const schema = salesHistory()

/** What the DDL says about a table, read from its text. */
function definition(table: string) {
  const create = schema.statements.find((statement) => statement.startsWith(`CREATE TABLE ${table} (`)) ?? ''
  const lines = create
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim().replace(/,$/, ''))
  const columns = lines.filter((line) => !line.startsWith('CONSTRAINT'))
  const foreignKeys = [...create.matchAll(/FOREIGN KEY \((\w+)\) REFERENCES (\w+) \((\w+)\)/g)]
  return {
    columns: columns.map((line) => line.split(' ')[0] as string),
    required: columns.filter((line) => line.endsWith('NOT NULL')).map((line) => line.split(' ')[0] as string),
    numbers: columns.flatMap((line) => {
      const type = /^(\w+) NUMBER\((\d+)(?:,(\d+))?\)/.exec(line)
      return type === null ? [] : [{ name: type[1] as string, precision: Number(type[2]), scale: Number(type[3] ?? 0) }]
    }),
    primaryKey: /PRIMARY KEY \((\w+)\)/.exec(create)?.[1],
    foreignKeys: foreignKeys.map(([, column = '', target = '', targetColumn = '']) => ({
      column,
      target,
      targetColumn,
    })),
  }
}

function values(table: string, column: string): readonly OracleValue[] {
  const index = definition(table).columns.indexOf(column)
  return (schema.rows.get(table) ?? []).map((row) => row[index] ?? null)
}

function key(value: OracleValue): string {
  return value instanceof OracleDateTime ? String(value.toUtcMilliseconds()) : String(value)
}

const tables = [...schema.rows.keys()]

describe('the sales history', () => {
  test('is the same at every start', () => {
    expect(salesHistory()).toEqual(schema)
  })

  test('has the owner SH and the promised number of rows', () => {
    expect(schema.owner).toBe('SH')
    const counts = Object.fromEntries([...schema.rows].map(([table, rows]) => [table, rows.length]))
    expect(counts).toEqual({
      COUNTRIES: 27,
      CUSTOMERS: 600,
      PRODUCTS: 72,
      PROMOTIONS: 503,
      CHANNELS: 5,
      TIMES: 1096,
      SALES: 6000,
      COSTS: 2592,
    })
  })

  test.each(tables)('%s has a comment on the table and on every column', (table) => {
    const commented = (object: string) =>
      schema.statements.some((statement) => new RegExp(`^COMMENT ON ${object} IS '.{4,}'$`, 's').test(statement))
    expect(commented(`TABLE ${table}`)).toBe(true)
    const uncommented = definition(table).columns.filter((column) => !commented(`COLUMN ${table}.${column}`))
    expect(uncommented).toEqual([])
  })

  test.each(tables)('%s has rows that fit its columns', (table) => {
    const { columns, required, numbers } = definition(table)
    expect((schema.rows.get(table) ?? []).filter((row) => row.length !== columns.length)).toEqual([])
    for (const column of required) expect(values(table, column)).not.toContain(null)
    for (const { name, precision, scale } of numbers) {
      const misfits = values(table, name).filter((value) => {
        if (value === null) return false
        const number = value as OracleNumber
        return !OracleNumber.isDecimal(value) || number.dp() > scale || number.abs().gte(10 ** (precision - scale))
      })
      expect(misfits).toEqual([])
    }
  })

  test.each(tables.filter((table) => definition(table).primaryKey !== undefined))('%s has unique keys', (table) => {
    const keys = values(table, definition(table).primaryKey as string).map(key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test.each(tables.filter((table) => definition(table).foreignKeys.length > 0))(
    '%s refers to rows that exist',
    (table) => {
      for (const { column, target, targetColumn } of definition(table).foreignKeys) {
        const known = new Set(values(target, targetColumn).map(key))
        expect(values(table, column).filter((value) => !known.has(key(value)))).toEqual([])
        expect(tables.indexOf(target)).toBeLessThan(tables.indexOf(table))
      }
    },
  )

  test('books a sale under a promotion only while the promotion runs', () => {
    const ids = values('PROMOTIONS', 'PROMO_ID').map(key)
    const begins = values('PROMOTIONS', 'PROMO_BEGIN_DATE').map((date) => (date as OracleDateTime).toUtcMilliseconds())
    const ends = values('PROMOTIONS', 'PROMO_END_DATE').map((date) => (date as OracleDateTime).toUtcMilliseconds())
    const days = values('SALES', 'TIME_ID').map((date) => (date as OracleDateTime).toUtcMilliseconds())
    const late = values('SALES', 'PROMO_ID').filter((id, index) => {
      const promotion = ids.indexOf(key(id))
      const day = days[index] as number
      return day < (begins[promotion] as number) || day > (ends[promotion] as number)
    })
    expect(late).toEqual([])
  })

  test('has sales in every year, channel and product', () => {
    const years = new Set(values('SALES', 'TIME_ID').map((date) => (date as OracleDateTime).year))
    expect([...years]).toEqual([2022, 2023, 2024])
    expect(new Set(values('SALES', 'CHANNEL_ID').map(key)).size).toBe(5)
    expect(new Set(values('SALES', 'PROD_ID').map(key)).size).toBe(72)
  })
})
