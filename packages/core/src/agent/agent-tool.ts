import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswer } from '../pool/read-answer.ts'
import { describeTool, runTool } from '../sql/agent-call-statements.ts'
import { AgentObject } from './agent-object.ts'
import type { AgentToolAttributeChanges, AgentToolAttributes } from './agent-tool-attributes.ts'
import { checkTextOrObject } from './check-text-or-object.ts'
import { callOf } from './manage-agent-objects.ts'

/**
 * A tool that agents use, by its name.
 *
 * @example
 * const tool = pool.tool('PRICE_OF')
 * await tool.create({
 *   attributes: { function: 'SHOP.PRICE_OF', tool_inputs: [{ name: 'product', description: 'Name of a product' }] },
 * })
 * const price = await tool.run({ product: 'Tea' })
 */
export class AgentTool extends AgentObject<AgentToolAttributes, AgentToolAttributeChanges> {
  readonly #pool: ConnectionPool

  /** Use `pool.tool(name)`. */
  constructor(name: string, pool: ConnectionPool) {
    super('tool', name, pool)
    this.#pool = pool
  }

  /**
   * Runs the tool by itself (`RUN_TOOL`), which is good for trying it, and resolves with its output.
   *
   * @param input - a text, or the inputs by their names
   * @throws AgentObjectDisabledError when it is disabled
   * @throws ProfileNotFoundError, ProfileCredentialError, NetworkAccessError and ProviderError for the profile of a tool that asks one
   * @throws AnswerTooLongError when the output is longer than the pool allows
   * @example
   * const rows = await pool.tool('SALES_DATA').run('How many promotions are there?')
   */
  async run(input: string | Readonly<Record<string, unknown>>, options: CallOptions = {}): Promise<string> {
    return this.#answer('run', runTool, { input: checkTextOrObject('input', input) }, options)
  }

  /** What the tool is, with its inputs, as JSON text of the database's own form (`DESCRIBE_TOOL`). */
  async describe(options: CallOptions = {}): Promise<string> {
    return this.#answer('describe', describeTool, {}, options)
  }

  #answer(
    action: string,
    statement: string,
    input: Readonly<Record<string, string>>,
    options: CallOptions,
  ): Promise<string> {
    checkCallOptions(options, callOptionNames)
    const { kind, name } = this
    const call = callOf({ pool: this.#pool, kind, name }, action, options)
    return readAnswer(this.#pool, call, statement, { tool_name: name, ...input })
  }
}
