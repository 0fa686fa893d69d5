import { fromDriverError } from '../errors/from-driver-error.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { SelectAIError } from '../errors/select-ai-error.ts'
import { callDatabase } from '../pool/call-database.ts'
import type { CallOptions } from '../pool/call-options.ts'
import type { ConnectionPool, Lease } from '../pool/connection-pool.ts'
import type { PipelineResult } from '../pool/driver-contract.ts'
import { answerBinds, type Outcome, readOutcome } from '../pool/read-answer.ts'
import { generateCall, questionErrorOf } from './generate-answer.ts'
import { checkGenerate, type GenerateArguments } from './generate-options.ts'
import type { PipelinedAnswer, PipelinedQuestion } from './pipeline-round.ts'

/** Release 23, the first whose databases take a pipeline. */
const firstServerVersion = 2_300_000_000
/** Of a longer text the driver makes a CLOB, which costs a round trip and cannot be part of a pipeline (NJS-181). */
const longestText = 32_767

/**
 * Asks all questions in one round trip, and reads answers that are longer than the first piece in one more each. A question that
 * fails does not stop the others, and one that is unusable is not sent. Undefined when the driver or the database have no pipelines.
 */
export async function generateInPipeline(
  pool: ConnectionPool,
  profile: string,
  questions: readonly PipelinedQuestion[],
  options: CallOptions,
): Promise<readonly PipelinedAnswer[] | undefined> {
  const inputs = questions.map((question) => checkQuestion(profile, question))
  const unusable = inputs.filter((input) => SelectAIError.isInstance(input))
  if (unusable.length === inputs.length) return unusable
  return callDatabase(pool, { action: 'pipeline', profile, options }, (lease) => runPipeline(lease, inputs))
}

function checkQuestion(profile: string, question: PipelinedQuestion): GenerateArguments | SelectAIError {
  if (SelectAIError.isInstance(question)) return question
  try {
    const input = checkGenerate(profile, question.action, question.prompt, question.options)
    checkLength('prompt', input.prompt)
    checkLength('options.attributes', input.attributes ?? '')
    return input
  } catch (error) {
    return error as SelectAIError
  }
}

function checkLength(argument: string, text: string): void {
  if (Buffer.byteLength(text) <= longestText) return
  const message = `is longer than the ${longestText} bytes of a pipeline. Ask this question without the option pipeline.`
  throw new SelectAIArgumentError({ argument, message })
}

async function runPipeline(
  lease: Lease,
  inputs: readonly (GenerateArguments | SelectAIError)[],
): Promise<readonly PipelinedAnswer[] | undefined> {
  const { connection, driver } = lease
  const { Pipeline } = driver
  if (Pipeline === undefined || connection.oracleServerVersion < firstServerVersion) return undefined
  const pipeline = new Pipeline()
  for (const input of inputs) {
    if (SelectAIError.isInstance(input)) continue
    const { statement, texts } = generateCall(input)
    pipeline.addExecute(lease.qualify(statement), answerBinds(driver, texts))
  }
  const results = [...(await connection.runPipeline(pipeline, true))]
  const answers: PipelinedAnswer[] = []
  for (const input of inputs) {
    answers.push(SelectAIError.isInstance(input) ? input : await readResult(lease, input, results.shift()))
  }
  return answers
}

async function readResult(
  lease: Lease,
  input: GenerateArguments,
  result: PipelineResult | undefined,
): Promise<PipelinedAnswer> {
  try {
    if (result?.error) throw result.error
    return await readOutcome(lease, result?.outBinds as Outcome)
  } catch (error) {
    return questionErrorOf(error, input) ?? fromDriverError(error, { phase: 'call', profile: input.profile })
  }
}
