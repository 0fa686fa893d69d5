import type { Bind, ExecutionResult, PreparedStatement } from '../execution/database-session.ts'
import type { ParsedBlock } from '../plsql/parse-block.ts'
import type { Column } from '../values/column.ts'
import type { BlockCache } from './block-cache.ts'

/** A PL/SQL block or CALL as the protocol prepares and runs it. */
export class PlsqlStatement implements PreparedStatement {
  readonly kind = 'plsql'
  readonly bindNames: readonly string[]
  readonly returningBinds: readonly number[] = []
  readonly #parsed: ParsedBlock
  readonly #cache: BlockCache

  constructor(parsed: ParsedBlock, cache: BlockCache) {
    this.#parsed = parsed
    this.#cache = cache
    this.bindNames = parsed.bindNames
  }

  /** A block has no result columns; what is wrong with its names shows here. @throws OracleError ORA-06550 */
  async describe(): Promise<readonly Column[]> {
    this.#cache.compile(this.#parsed)
    return []
  }

  async execute(binds: readonly Bind[], signal: AbortSignal): Promise<ExecutionResult> {
    const block = this.#cache.compile(this.#parsed)
    return { kind: 'plsql', binds: await block.run(binds, signal), results: block.takeResults() }
  }
}
