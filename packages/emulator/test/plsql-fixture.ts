import { Database } from '../src/database/database.ts'
import type { Bind, DatabaseSession } from '../src/execution/database-session.ts'
import type { Model } from '../src/models/model.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import { type OracleType, varchar2 } from '../src/values/oracle-type.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

/** A model whose chat answer is as long as its prompt asks for, for example `12345 characters`. */
export const lengthModel: Model = {
  name: 'length',
  chat: async ({ prompt }) => 'é'.repeat(Number.parseInt(prompt, 10)),
  generateSql: async () => ({ sql: 'SELECT COUNT(*) AS PROMOTION_COUNT FROM "SH"."PROMOTIONS"' }),
  explainSql: async ({ sql }) => `${sql} counts`,
  narrate: async ({ rows }) => `There are ${String(rows[0]?.[0])} in the database.`,
}

export interface BindInput {
  readonly type?: OracleType
  readonly value?: OracleValue | number
  readonly elements?: readonly OracleValue[]
}

export interface BindOutput {
  readonly direction: 'in' | 'out' | 'inOut'
  readonly value: OracleValue
  readonly elements?: readonly OracleValue[]
}

/** A session for running blocks, of a database of its own or of one that others use too. */
export class PlsqlFixture implements Disposable {
  readonly database: Database
  readonly session: DatabaseSession
  readonly #ownsDatabase: boolean

  private constructor(database: Database, ownsDatabase: boolean) {
    this.database = database
    this.session = database.session('DEMO')
    this.#ownsDatabase = ownsDatabase
  }

  /** Another session of the same database. */
  another(): PlsqlFixture {
    return new PlsqlFixture(this.database, false)
  }

  static async open(model: Model = lengthModel): Promise<PlsqlFixture> {
    return new PlsqlFixture(await Database.open({ model, users: ['DEMO'] }), true)
  }

  /** Runs a block; binds that are not given are VARCHAR2 and NULL. */
  async run(
    text: string,
    inputs: Readonly<Record<string, BindInput>> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Record<string, BindOutput>> {
    const statement = this.session.prepare(text)
    const result = await statement.execute(
      statement.bindNames.map((name) => bindOf(inputs[name])),
      signal,
    )
    if (result.kind !== 'plsql') throw new Error(`expected a block, ran a ${result.kind}`)
    return Object.fromEntries(statement.bindNames.map((name, index) => [name, result.binds[index] as BindOutput]))
  }

  /** The text that a block leaves in `:x`. */
  async x(text: string, inputs: Readonly<Record<string, BindInput>> = {}): Promise<OracleValue | undefined> {
    return (await this.run(text, inputs)).X?.value
  }

  /** The value of an expression. */
  value(expression: string): Promise<OracleValue | undefined> {
    return this.x(`BEGIN :x := ${expression}; END;`)
  }

  /** The message of the error with which a block fails. */
  async failure(text: string, inputs: Readonly<Record<string, BindInput>> = {}): Promise<string> {
    try {
      await this.run(text, inputs)
    } catch (error) {
      return (error as Error).message
    }
    throw new Error('the block did not fail')
  }

  /** Runs one SQL statement. */
  async sql(text: string): Promise<readonly (readonly OracleValue[])[]> {
    const result = await this.session.prepare(text).execute([], new AbortController().signal)
    return result.kind === 'query' ? result.rows : []
  }

  [Symbol.dispose](): void {
    this.session.close()
    if (this.#ownsDatabase) this.database.close()
  }
}

function bindOf({ type = varchar2(32_767), value = null, elements }: BindInput = {}): Bind {
  const given = typeof value === 'number' ? new OracleNumber(value) : value
  return { type, value: given, ...(elements === undefined ? {} : { elements }) }
}
