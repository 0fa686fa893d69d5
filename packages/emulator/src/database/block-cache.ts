import type { PlsqlSession } from '../plsql/execution.ts'
import type { ParsedBlock } from '../plsql/parse-block.ts'
import { PlsqlBlock } from '../plsql/plsql-block.ts'

/** Blocks that a session compiled, by their text; the ones used longest ago make room. */
export class BlockCache {
  readonly #session: PlsqlSession
  readonly #capacity: number
  readonly #grantsVersion: () => number
  #compiledFor = 0
  readonly #blocks = new Map<string, Promise<PlsqlBlock>>()

  /** @param grantsVersion - grows when blocks may name more or less than before */
  constructor(session: PlsqlSession, grantsVersion: () => number, capacity = 100) {
    this.#session = session
    this.#grantsVersion = grantsVersion
    this.#capacity = capacity
  }

  /** @throws OracleError ORA-06550 */
  compile(parsed: ParsedBlock): Promise<PlsqlBlock> {
    const { text } = parsed.source
    // What %TYPE and %ROWTYPE stand for changes with the tables.
    if (parsed.anchors.length > 0) return PlsqlBlock.compile(parsed, this.#session)
    this.#forgetStale()
    const known = this.#blocks.get(text)
    const block = known ?? PlsqlBlock.compile(parsed, this.#session)
    this.#blocks.delete(text)
    this.#blocks.set(text, block)
    if (known === undefined) this.#forgetFailures(text, block)
    const oldest = this.#blocks.keys().next().value
    if (this.#blocks.size > this.#capacity && oldest !== undefined) this.#blocks.delete(oldest)
    return block
  }

  #forgetStale(): void {
    const version = this.#grantsVersion()
    if (version !== this.#compiledFor) this.#blocks.clear()
    this.#compiledFor = version
  }

  #forgetFailures(text: string, block: Promise<PlsqlBlock>): void {
    block.catch(() => {
      if (this.#blocks.get(text) === block) this.#blocks.delete(text)
    })
  }
}
