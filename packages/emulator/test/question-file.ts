import { readFileSync } from 'node:fs'
import type { Desk, Plain } from './offline-fixture.ts'

/** A question, and a query written by hand that gives the rows of its answer. */
export interface Question {
  readonly schema: 'SH' | 'FILM_LIBRARY'
  readonly question: string
  readonly sql: string
}

export function readQuestions(name: 'open' | 'held-back'): readonly Question[] {
  return JSON.parse(readFileSync(new URL(`./questions/${name}.json`, import.meta.url), 'utf8'))
}

/** The order of the rows counts when the query by hand has one for the whole. */
function isOrdered(sql: string): boolean {
  return /\border by [^()]*(?:\([^()]*\)[^()]*)*$/i.test(sql)
}

type Rows = readonly (readonly Plain[])[]

/** Why the model's answer to a question is wrong; undefined when it is right. */
export async function mistakeIn(desk: Desk, { question, sql }: Question): Promise<string | undefined> {
  const expected = (await desk.run(sql)).rows
  const answer = await desk.generate(question)
  if ('refusal' in answer) return answer.refusal
  const { rows } = await desk.run(answer.sql)
  return answers(rows, expected, isOrdered(sql))
    ? undefined
    : `${answer.sql}\ngives ${JSON.stringify(rows.slice(0, 5))}`
}

/** Whether the rows are those expected. They may show more columns, never fewer; numbers to two decimals. */
function answers(rows: Rows, expected: Rows, ordered: boolean): boolean {
  if (rows.length !== expected.length) return false
  const width = expected[0]?.length ?? 0
  return selections(rows[0]?.length ?? 0, width).some((columns) => {
    const shown = rows.map((row) => columns.map((column) => row[column] ?? null))
    return isSame(shown, expected, ordered)
  })
}

function isSame(one: Rows, other: Rows, ordered: boolean): boolean {
  const texts = [one, other].map((rows) => {
    const lines = rows.map((row) => JSON.stringify(row.map(rounded)))
    return (ordered ? lines : lines.sort()).join('\n')
  })
  return texts[0] === texts[1]
}

function rounded(value: Plain): Plain {
  return typeof value === 'number' ? Number(value.toFixed(2)) : value
}

/** Every way to pick so many of the columns, in any order. */
function selections(columns: number, count: number): number[][] {
  if (count === 0) return [[]]
  return selections(columns, count - 1).flatMap((picked) =>
    Array.from({ length: columns }, (_, column) => column)
      .filter((column) => !picked.includes(column))
      .map((column) => [...picked, column]),
  )
}
