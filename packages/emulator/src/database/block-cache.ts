import type { PlsqlSession } from '../plsql/execution.ts'
import type { ParsedBlock } from '../plsql/parse-block.ts'
import { PlsqlBlock } from '../plsql/plsql-block.ts'

/** Blocks that a session compiled, by their text; the ones used longest ago make room. */
export class BlockCache {
  readonly #session: PlsqlSession
  readonly #capacity: number
  readonly #namesVersion: () => string
  #compiledFor = ''
  readonly #blocks = new Map<string, PlsqlBlock>()

  /** @param namesVersion - changes when a name in a block may mean something else than before */
  constructor(session: PlsqlSession, namesVersion: () => string, capacity = 100) {
    this.#session = session
    this.#namesVersion = namesVersion
    this.#capacity = capacity
  }

  /** @throws OracleError ORA-06550 */
  compile(parsed: ParsedBlock): PlsqlBlock {
    const { text } = parsed.source
    this.#forgetStale()
    const block = this.#blocks.get(text) ?? PlsqlBlock.compile(parsed, this.#session)
    this.#blocks.delete(text)
    this.#blocks.set(text, block)
    const oldest = this.#blocks.keys().next().value
    if (this.#blocks.size > this.#capacity && oldest !== undefined) this.#blocks.delete(oldest)
    return block
  }

  #forgetStale(): void {
    const version = this.#namesVersion()
    if (version !== this.#compiledFor) this.#blocks.clear()
    this.#compiledFor = version
  }
}
