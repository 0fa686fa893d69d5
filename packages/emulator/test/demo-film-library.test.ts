import { describe, expect, test } from 'vitest'
import { filmLibrary } from '../src/demo/film-library.ts'
import { records } from './offline-fixture.ts'

const schema = filmLibrary()
const rows = (table: string) => records(schema, table)
const keys = (table: string, ...columns: string[]) =>
  rows(table).map((row) => columns.map((column) => row[column]).join('/'))

describe('the film library', () => {
  test('is the same every time', () => {
    expect(JSON.stringify([...filmLibrary().rows])).toBe(JSON.stringify([...schema.rows]))
    expect(Object.fromEntries([...schema.rows].map(([name, table]) => [name, table.length]))).toMatchObject({
      LANGUAGES: 7,
      GENRES: 10,
      PERSONS: 70,
      FILMS: 90,
      COPIES: 180,
      MEMBERS: 120,
      RENTALS: 1500,
    })
  })

  test.each([
    ['FILMS', 'FILM_ID'],
    ['FILMS', 'TITLE'],
    ['PERSONS', 'PERSON_ID'],
    ['COPIES', 'COPY_ID'],
    ['MEMBERS', 'MEMBER_ID'],
    ['RENTALS', 'RENTAL_ID'],
  ])('has no two rows of %s with one %s', (table, column) => {
    expect(new Set(keys(table, column)).size).toBe(rows(table).length)
  })

  test.each(['FILM_GENRES', 'ROLES'])('names each pair of %s once', (table) => {
    const [first = '', second = ''] = Object.keys(rows(table)[0] ?? {})
    expect(new Set(keys(table, first, second)).size).toBe(rows(table).length)
  })

  test('has copies, members and films that were never used, and rentals that are still out', () => {
    const rented = new Set(keys('RENTALS', 'COPY_ID'))
    const borrowers = new Set(keys('RENTALS', 'MEMBER_ID'))
    const owned = new Set(keys('COPIES', 'FILM_ID'))
    expect(keys('COPIES', 'COPY_ID').some((id) => !rented.has(id))).toBe(true)
    expect(keys('MEMBERS', 'MEMBER_ID').some((id) => !borrowers.has(id))).toBe(true)
    expect(keys('FILMS', 'FILM_ID').some((id) => !owned.has(id))).toBe(true)
    expect(rows('RENTALS').some((row) => row.RETURN_DATE === null)).toBe(true)
  })

  test('lends nothing before it has bought it, and to nobody before they joined', () => {
    const bought = new Map(rows('COPIES').map((row) => [row.COPY_ID, String(row.PURCHASE_DATE)]))
    const joined = new Map(rows('MEMBERS').map((row) => [row.MEMBER_ID, String(row.JOIN_DATE)]))
    const early = rows('RENTALS').filter(
      (row) =>
        String(row.RENTAL_DATE) < (bought.get(row.COPY_ID ?? null) ?? '') ||
        String(row.RENTAL_DATE) < (joined.get(row.MEMBER_ID ?? null) ?? '') ||
        (row.RETURN_DATE !== null && String(row.RETURN_DATE) <= String(row.RENTAL_DATE)),
    )
    expect(early).toEqual([])
  })
})
