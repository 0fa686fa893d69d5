import type { DocumentsRequest } from './model.ts'
import { additionalInstructions, type PromptMessage, questionMessages } from './prompt-message.ts'

const INSTRUCTIONS = [
  'Answer the question at the end from the documents below alone.',
  'When they do not answer it, say so in one sentence. Do not list the documents.',
]

const NOTHING_FOUND = 'There are no documents about it.'

/** The messages that stand for a question about documents: what a language model gets, and what SHOWPROMPT shows. */
export function documentMessages({
  passages,
  ...request
}: Pick<DocumentsRequest, 'prompt' | 'history' | 'attributes' | 'passages'>): PromptMessage[] {
  const instructions = [...INSTRUCTIONS, ...additionalInstructions(request.attributes)].join('\n')
  const documents = passages.map(({ source, text }) => `Document: ${source}\n${text}`)
  const known = documents.length === 0 ? [NOTHING_FOUND] : documents
  return questionMessages(request, [instructions, ...known].join('\n\n'))
}
