import type { TypedValue } from '../../execution/sql-executor.ts'
import type { UnitHost } from '../../execution/stored-unit.ts'
import type { QueryDescription, SubprogramRegistry } from '../../execution/subprogram.ts'
import type { Column } from '../../values/column.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { type RowAddress, rowAddress } from '../../values/row-address.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Dictionary } from '../catalog/dictionary.ts'
import type { FunctionContext } from '../functions/scalar-function.ts'
import { scalarFunctions } from '../functions/scalar-functions.ts'
import type { ParsedStatement } from '../parse/parse-statement.ts'
import type { DefinitionStatement, MergeStatement, Query, Statement } from '../parse/syntax-tree.ts'
import {
  type ChangePlan,
  resolveTarget,
  translateDelete,
  translateInsert,
  translateUpdate,
} from '../translate/change.ts'
import { type MergePlan, translateMerge } from '../translate/merge.ts'
import { translateQuery } from '../translate/query.ts'
import { type Environment, type QueryPlan, Translation } from '../translate/translation.ts'
import type { StoredValue } from '../values/stored-value.ts'
import { bindTypeText, decodeResult, encodeBind } from './bind-value.ts'
import { describeColumn } from './column-description.ts'
import { engineError, foreignKeyError } from './constraint-error.ts'
import { define } from './definitions.ts'
import { fillDictionary } from './dictionary-tables.ts'
import type { ServerUsers } from './server-users.ts'
import { runWithCalls, type StatementCalls } from './statement-runner.ts'
import type { NativeValue, Running, Storage } from './storage.ts'
import type { Transaction } from './transaction.ts'
import type { TranslationCache } from './translation-cache.ts'

/** The values a statement runs with. */
export interface StatementInput {
  /** @throws OracleError ORA-01008 when the bind has no value */
  bind(index: number, name: string): TypedValue
  variable?(path: readonly string[]): TypedValue | undefined
}

export interface StatementResult {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly OracleValue[])[]
  readonly rowCount: number
  /** The row that was changed last. */
  readonly lastRow?: RowAddress
  /** After a definition that made something invalid. */
  readonly hasCompilationErrors?: boolean
}

export interface ExecutorParts {
  readonly catalog: Catalog
  readonly dictionary: Dictionary
  readonly storage: Storage
  readonly subprograms: SubprogramRegistry
  readonly cache: TranslationCache
  /** Who compiles and calls stored units. */
  units(): UnitHost
  readonly serverUsers: ServerUsers
}

type ChangeStatement = Extract<Statement, { kind: 'insert' | 'update' | 'delete' }>

/** Translates and runs statements for one session. */
export class StatementExecutor {
  readonly #parts: ExecutorParts
  readonly #transaction: Transaction

  constructor(parts: ExecutorParts, transaction: Transaction) {
    this.#parts = parts
    this.#transaction = transaction
  }

  /** The columns of a query and the tables it names, found without running it. */
  describe(
    parsed: ParsedStatement,
    query: Query,
    input: StatementInput,
    user: string,
    schema: string,
  ): QueryDescription {
    const { plan, translation } = this.#translateQuery(parsed, query, input, user, schema)
    return { columns: plan.columns.map(describeColumn), objects: translation.objects }
  }

  async query(
    parsed: ParsedStatement,
    query: Query,
    input: StatementInput,
    context: FunctionContext,
    calls: StatementCalls,
  ): Promise<StatementResult> {
    const { plan, translation } = this.#translateQuery(
      parsed,
      query,
      input,
      context.currentUser,
      context.settings.currentSchema,
    )
    const values = parameterValues(translation, parsed, input, context)
    const rows = await runWithCalls(translation.calls, context, calls, (running) => {
      this.#fill(translation, context.currentUser)
      return this.#transaction.reading(() => this.#read(plan.sql, values, running))
    })
    return { columns: plan.columns.map(describeColumn), rows, rowCount: rows.length }
  }

  /** Runs INSERT, UPDATE or DELETE; the session's transaction must be open. */
  async change(
    parsed: ParsedStatement,
    statement: ChangeStatement,
    input: StatementInput,
    context: FunctionContext,
    calls: StatementCalls,
  ): Promise<StatementResult> {
    const translation = this.#translation(parsed, input, context.currentUser, context.settings.currentSchema)
    const plan = translateChange(statement, translation)
    const values = parameterValues(translation, parsed, input, context)
    return runWithCalls(translation.calls, context, calls, (running, again) => {
      this.#fill(translation, context.currentUser)
      return this.#transaction.attempt(plan.table, () => this.#runChange(plan, values, running), again)
    })
  }

  async merge(
    parsed: ParsedStatement,
    statement: MergeStatement,
    input: StatementInput,
    context: FunctionContext,
    calls: StatementCalls,
  ): Promise<StatementResult> {
    const translation = this.#translation(parsed, input, context.currentUser, context.settings.currentSchema)
    const plan = translateMerge(statement, translation)
    const values = parameterValues(translation, parsed, input, context)
    return runWithCalls(translation.calls, context, calls, (running, again) => {
      this.#fill(translation, context.currentUser)
      return this.#transaction.attempt(plan.table, () => this.#runMerge(plan, values, running), again)
    })
  }

  /**
   * Runs a definition statement; the session's transaction must be open, and the caller commits it.
   * @returns whether what it made has compilation errors
   */
  define(parsed: ParsedStatement, statement: DefinitionStatement, context: FunctionContext): boolean {
    const input: StatementInput = { bind: () => ({ type: { name: 'NUMBER', precision: 0, scale: -127 }, value: null }) }
    const schema = context.settings.currentSchema
    const translation = this.#translation(parsed, input, context.currentUser, schema)
    const running: Running = { context, call: () => undefined }
    const { catalog, storage, units, serverUsers } = this.#parts
    try {
      return define(statement, {
        catalog,
        storage,
        translation,
        user: context.currentUser,
        schema,
        running,
        units,
        serverUsers,
        willChange: (table) => this.#transaction.willChange(table),
      })
    } catch (error) {
      throw engineError(error, catalog)
    }
  }

  checkTarget(
    parsed: ParsedStatement,
    statement: Extract<Statement, { kind: 'lock-table' }>,
    context: FunctionContext,
  ): void {
    const input: StatementInput = { bind: () => ({ type: { name: 'BOOLEAN' }, value: null }) }
    resolveTarget(
      statement.table,
      this.#translation(parsed, input, context.currentUser, context.settings.currentSchema),
    )
  }

  #translateQuery(
    parsed: ParsedStatement,
    query: Query,
    input: StatementInput,
    user: string,
    schema: string,
  ): { plan: QueryPlan; translation: Translation } {
    const { cache, catalog } = this.#parts
    const types = parsed.bindNames.map((name, index) => bindTypeText(input.bind(index, name).type))
    const key = [user, schema, ...types, parsed.text].join('\n')
    const known = input.variable === undefined ? cache.find(key, catalog.version) : undefined
    if (known !== undefined) return known
    const translation = this.#translation(parsed, input, user, schema)
    const made = { plan: translateQuery(query, translation, undefined), translation }
    if (input.variable === undefined) cache.put(key, catalog.version, made)
    return made
  }

  #translation(parsed: ParsedStatement, input: StatementInput, user: string, schema: string): Translation {
    const { catalog, dictionary, subprograms, units } = this.#parts
    const environment: Environment = {
      catalog,
      dictionary,
      user,
      schema,
      findFunction: (name) => scalarFunctions.get(name),
      findSubprograms: (name) => (catalog.mayExecutePackage(user, packageOf(name)) ? subprograms.find(name) : []),
      compileUnit: (unit) => units().compile(unit),
      bindType: (index, name) => input.bind(index, name).type,
      ...(input.variable === undefined ? {} : { variable: input.variable }),
    }
    return new Translation(parsed.text, environment, translateQuery)
  }

  #fill(translation: Translation, user: string): void {
    if (translation.dictionaryViews.size === 0) return
    fillDictionary(translation.dictionaryViews, { user, catalog: this.#parts.catalog }, this.#parts.storage)
  }

  #read(sql: string, values: readonly StoredValue[], running: Running): readonly (readonly OracleValue[])[] {
    try {
      return this.#parts.storage.query(sql, values, running).map((row) => row.map(decodeResult))
    } catch (error) {
      throw engineError(error, this.#parts.catalog)
    }
  }

  #runChange(plan: ChangePlan, values: readonly StoredValue[], running: Running): StatementResult {
    const { storage } = this.#parts
    return this.#guarded(plan.table, plan.kind, () => {
      const isPlain = plan.returning.length === 0
      if (isPlain && plan.kind === 'insert') {
        const { count, lastRow } = storage.insert(plan.sql, values, running)
        return { columns: [], rows: [], rowCount: count, ...lastRowOf(plan.table, count > 0 ? lastRow : undefined) }
      }
      const changed = storage.query(`${plan.sql}${isPlain ? ' RETURNING' : ','} rowid`, values, running)
      const last = lastRowOf(plan.table, changed.at(-1)?.at(-1))
      if (isPlain) return { columns: [], rows: [], rowCount: changed.length, ...last }
      const rows = changed.map((row) => row.slice(0, -1).map(decodeResult))
      return { columns: plan.returning.map(describeColumn), rows, rowCount: rows.length, ...last }
    })
  }

  #guarded<Result>(table: ChangePlan['table'], kind: ChangePlan['kind'], work: () => Result): Result {
    const { storage, catalog } = this.#parts
    try {
      return work()
    } catch (error) {
      if (error instanceof Error && error.message === 'FOREIGN KEY constraint failed') {
        throw foreignKeyError(table, kind, storage, catalog, work)
      }
      throw engineError(error, catalog, kind)
    }
  }

  #runMerge(plan: MergePlan, values: readonly StoredValue[], running: Running): StatementResult {
    const { storage } = this.#parts
    const rows = this.#guarded(plan.table, 'update', () => storage.query(plan.source, values, running))
    let rowCount = 0
    let last: NativeValue | undefined
    for (const row of rows) {
      for (const step of plan.steps(row)) {
        const kind = step.kind
        const stepValues = step.values as readonly StoredValue[]
        const { count, lastRow } = this.#guarded(plan.table, kind, () => storage.insert(step.sql, stepValues, running))
        if (count > 0) last = kind === 'insert' ? lastRow : row[0]
        rowCount += count * (step.counts ? 1 : 0)
      }
    }
    return { columns: [], rows: [], rowCount, ...lastRowOf(plan.table, last) }
  }
}

function lastRowOf({ id }: ChangePlan['table'], row: NativeValue | undefined): Pick<StatementResult, 'lastRow'> {
  return row === undefined ? {} : { lastRow: rowAddress(Number(id), Number(row)) }
}

function translateChange(statement: ChangeStatement, translation: Translation): ChangePlan {
  if (statement.kind === 'insert') return translateInsert(statement, translation)
  if (statement.kind === 'update') return translateUpdate(statement, translation)
  return translateDelete(statement, translation)
}

function parameterValues(
  translation: Translation,
  parsed: ParsedStatement,
  input: StatementInput,
  context: FunctionContext,
): readonly StoredValue[] {
  const zone = context.settings.timeZoneMinutes
  return translation.parameters.map((parameter) =>
    encodeBind(
      parameter.kind === 'bind'
        ? input.bind(parameter.index, parsed.bindNames[parameter.index] ?? '')
        : parameter.value,
      zone,
    ),
  )
}

/** The package of a qualified name; a name without one belongs to none. */
function packageOf(qualifiedName: string): string {
  return qualifiedName.slice(0, Math.max(0, qualifiedName.lastIndexOf('.')))
}
