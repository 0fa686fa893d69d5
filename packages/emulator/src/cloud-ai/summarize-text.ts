import type { Model, ModelRequest, SummarizeRequest } from '../models/model.ts'
import { OracleError } from '../oracle-error.ts'

/** What a call may say about the summary, beside its text. */
export type SummaryWishes = Partial<Omit<SummarizeRequest, 'content' | 'attributes' | 'signal'>>

/**
 * Has the model summarise a text.
 * @throws OracleError ORA-20000
 */
export async function summarizeText(
  model: Model,
  content: string,
  wishes: SummaryWishes,
  { attributes, signal }: Pick<ModelRequest, 'attributes' | 'signal'>,
): Promise<string> {
  if (model.summarize === undefined) throw new OracleError(20000, `The model ${model.name} does not summarize`)
  return model.summarize({
    content,
    userPrompt: wishes.userPrompt,
    minWords: wishes.minWords,
    maxWords: wishes.maxWords,
    style: wishes.style ?? 'paragraph',
    chunkProcessing: wishes.chunkProcessing ?? 'map_reduce',
    extractiveness: wishes.extractiveness ?? 'low',
    attributes,
    signal,
  })
}
