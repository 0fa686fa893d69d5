import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type CallOptions, checkCallOptions } from '../pool/call-options.ts'
import { abortWith } from '../pool/lasting-signal.ts'
import { type Action, actions } from './action.ts'
import { type GenerateOptions, generateOptionNames } from './generate-options.ts'
import { LeavableIteration } from './leavable-iteration.ts'
import { splitText } from './split-text.ts'

/** Options of an answer in pieces. */
export interface StreamOptions extends GenerateOptions {
  /** What to do with the prompt; rows, the answer of `runsql`, do not come in pieces. Default `chat`. */
  readonly action?: Exclude<Action, 'runsql'> | undefined
  /** Longest piece in UTF-16 code units, at least 2. Default 8192. */
  readonly chunkSize?: number | undefined
}

const defaultChunkSize = 8192
const known = [...generateOptionNames, 'action', 'chunkSize']
const streamActions: readonly Action[] = actions.filter((action) => action !== 'runsql')

/**
 * Asks when the first piece is wanted, and cuts the answer up when the connection has gone back. `prepare` checks the question
 * at once and gives what asks it.
 * @throws SelectAIArgumentError
 */
export function streamAnswer(
  options: StreamOptions,
  prepare: (action: Action, options: GenerateOptions) => (options: CallOptions) => Promise<string>,
): AsyncIterableIterator<string> {
  checkCallOptions(options, known)
  const { action = 'chat', chunkSize = defaultChunkSize, ...others } = options
  checkStream(action, chunkSize)
  const ask = prepare(action, others)
  return new LeavableIteration(async function* (controller) {
    const part = abortWith(controller, others.signal)
    try {
      yield* splitText(await ask({ ...others, signal: controller.signal }), chunkSize)
    } finally {
      part()
    }
  })
}

/** @throws SelectAIArgumentError */
function checkStream(action: Action, chunkSize: number): void {
  if (!streamActions.includes(action)) {
    const message = `must be one of ${streamActions.join(', ')}; rows come with runSql.`
    throw new SelectAIArgumentError({ argument: 'options.action', message })
  }
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 2) {
    const message = 'must be a whole number of UTF-16 code units, at least 2.'
    throw new SelectAIArgumentError({ argument: 'options.chunkSize', message })
  }
}
