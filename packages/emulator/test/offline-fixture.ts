import type { DemoSchema } from '../src/demo/demo-schema.ts'
import { SubprogramRegistry } from '../src/execution/subprogram.ts'
import type { Model, SqlAnswer } from '../src/models/model.ts'
import { createOfflineModel } from '../src/models/offline/offline-model.ts'
import type { SchemaDescription } from '../src/models/schema-description.ts'
import { SqlEngine } from '../src/sql/sql-engine.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

export type Plain = string | number | null | boolean

interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Plain[])[]
}

/** The offline model over a schema that stands in a real engine. */
export interface Desk {
  readonly model: Model
  readonly description: SchemaDescription
  generate(
    question: string,
    attributes?: Readonly<Record<string, unknown>>,
    schema?: SchemaDescription,
  ): Promise<SqlAnswer>
  /** The rows that answer a question. Fails when the model refuses. */
  ask(question: string): Promise<Answer>
  run(sql: string): Promise<Answer>
  /** Adds rows. */
  load(schema: DemoSchema): void
  close(): void
}

export async function openDesk(schema: DemoSchema): Promise<Desk> {
  const engine = await SqlEngine.open({ subprograms: new SubprogramRegistry() })
  engine.load(schema)
  const session = engine.session('DEMO')
  session.setCurrentSchema(schema.owner)
  const description = engine.schemaReader.describe([{ owner: schema.owner }])
  const model = createOfflineModel()
  const { signal } = new AbortController()
  const run = async (sql: string): Promise<Answer> => {
    const result = await session.prepare(sql).execute([], signal)
    if (result.kind !== 'query') throw new Error(`not a query: ${sql}`)
    return { columns: result.columns.map(({ name }) => name), rows: result.rows.map((row) => row.map(plain)) }
  }
  const generate: Desk['generate'] = (prompt, attributes = {}, described = description) =>
    model.generateSql({
      prompt,
      history: [],
      attributes,
      signal,
      schema: described,
      distinctValues: async (owner, table, column, limit) => {
        const { rows } = await run(
          `SELECT DISTINCT "${column}" FROM "${owner}"."${table}" WHERE "${column}" IS NOT NULL ` +
            `ORDER BY "${column}" FETCH FIRST ${limit} ROWS ONLY`,
        )
        return rows.map(([value]) => String(value))
      },
    })
  return {
    model,
    description,
    load: (more) => engine.load(more),
    generate,
    run,
    ask: async (question) => {
      const answer = await generate(question)
      if ('refusal' in answer) throw new Error(answer.refusal)
      return run(answer.sql)
    },
    close: () => {
      session.close()
      engine.close()
    },
  }
}

/** Numbers to six decimals, dates as `2024-02-29`. */
function plain(value: OracleValue): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (OracleNumber.isDecimal(value)) return Number(value.toFixed(6))
  if (value instanceof OracleDateTime) return new Date(value.toUtcMilliseconds()).toISOString().slice(0, 10)
  throw new TypeError('no plain value')
}

/** Rows of a schema's table as objects, for working out an answer without SQL. */
export function records(schema: DemoSchema, table: string): Readonly<Record<string, Plain>>[] {
  const create = schema.statements.find((statement) => statement.startsWith(`CREATE TABLE ${table} (`)) ?? ''
  const names = [...create.matchAll(/^\s+(\w+) (?!.*\b(?:PRIMARY|FOREIGN) KEY\b)/gm)].map(([, name = '']) => name)
  return (schema.rows.get(table) ?? []).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, plain(row[index] ?? null)])),
  )
}
