import { abortWith } from '../pool/lasting-signal.ts'
import { type AskManyOptions, checkAskMany, type Questions, type SettledAnswer } from './ask-many-options.ts'
import type { AskProfile } from './generate-options.ts'
import { LeavableIteration } from './leavable-iteration.ts'
import { type AskPipeline, PipelineRound } from './pipeline-round.ts'
import { QuestionRound } from './question-round.ts'

/** Asks questions, some at the same time or in pipelines, from the moment when the first answer is wanted. */
export function askMany(
  ask: AskProfile,
  askPipeline: AskPipeline,
  poolMax: number,
  questions: Questions,
  options: AskManyOptions,
): AsyncIterableIterator<SettledAnswer> {
  return new LeavableIteration(async function* (controller) {
    const settings = checkAskMany(questions, options, poolMax)
    const round = settings.pipeline
      ? new PipelineRound(ask, askPipeline, questions, settings, controller.signal)
      : new QuestionRound(ask, questions, settings, controller.signal)
    const part = abortWith(controller, settings.signal)
    try {
      yield* round.answers()
    } finally {
      part()
      await round.end()
    }
  })
}
