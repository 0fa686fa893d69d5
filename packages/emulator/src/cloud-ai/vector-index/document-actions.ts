import { documentMessages } from '../../models/documents-prompt.ts'
import type { DocumentsRequest, Model, ModelRequest, Passage } from '../../models/model.ts'
import { NO_DATA } from '../actions.ts'
import type { DataAccess } from '../data-access.ts'
import { prettyJson } from '../json-text.ts'
import { promptText } from '../prompt-text.ts'
import type { Found } from './search-documents.ts'
import { sourcesText } from './sources-text.ts'

/** A question to a profile with a vector index. */
interface DocumentQuestion {
  readonly request: ModelRequest
  readonly model: Model
  readonly dataAccess: DataAccess
  search(): Promise<Found>
}

type DocumentAction = (question: DocumentQuestion) => Promise<string>

const actions: Readonly<Record<string, DocumentAction>> = {
  narrate: async ({ request, model, dataAccess, search }) => {
    dataAccess.check()
    const { index, passages } = await search()
    const answer = await answerFromDocuments(model, { ...request, passages })
    const { enable_sources: wanted = index.attributes.enable_sources, enable_source_offsets: offsets } =
      request.attributes
    return wanted === false ? answer : `${answer}${sourcesText(passages, { offsets: offsets === true })}`
  },
  runsql: async ({ search }) => {
    const { passages } = await search()
    return passages.length === 0 ? NO_DATA : prettyJson(passages.map(passageRow))
  },
  showprompt: async ({ request, search }) => {
    const { passages } = await search()
    return promptText(documentMessages({ ...request, passages }))
  },
}

/** The action of that name as it is for a profile with a vector index; undefined for one that the index has no part in. */
export function documentAction(name: string): DocumentAction | undefined {
  return Object.hasOwn(actions, name) ? actions[name] : undefined
}

/** A model that has no way of its own with documents is asked in a chat. */
function answerFromDocuments(model: Model, request: DocumentsRequest): Promise<string> {
  if (model.answerFromDocuments !== undefined) return model.answerFromDocuments(request)
  const { passages, ...chat } = request
  const messages = documentMessages({ ...request, history: [] })
  return model.chat({ ...chat, prompt: messages.map(({ text }) => text).join('\n\n') })
}

function passageRow({ text, source, uri, score, startOffset, endOffset }: Passage): object {
  return {
    data: text,
    source,
    url: uri,
    score: Number(score.toFixed(4)),
    start_offset: startOffset,
    end_offset: endOffset,
  }
}
