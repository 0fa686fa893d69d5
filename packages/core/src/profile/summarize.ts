import { checkParts } from '../attributes/check-parts.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { checkText } from '../pool/check-values.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswer } from '../pool/read-answer.ts'
import { summarizeContent, summarizeLocation } from '../sql/summarize-statements.ts'

/** A text to summarise that is sent with the call. */
export interface TextSource {
  /** The text. */
  readonly content: string
  /** Not together with `content`. */
  readonly locationUri?: undefined
  /** Not together with `content`. */
  readonly credentialName?: undefined
}

/** A text to summarise that the database loads itself. */
export interface LocationSource {
  /** Not together with `locationUri`. */
  readonly content?: undefined
  /** Where the text is: an HTTPS address, or the URI of an object in an object store. */
  readonly locationUri: string
  /** Credential of the database for a location that is not public. */
  readonly credentialName?: string | undefined
}

/** What to summarise: either a text, or the location of one. */
export type SummarySource = TextSource | LocationSource

/** Options of one summary. What is left out is decided by the database. */
export interface SummarizeOptions extends CallOptions {
  /** What to pay attention to, in words, for example `Keep all dates.` */
  readonly prompt?: string | undefined
  /** About the fewest words that the summary should have. */
  readonly minWords?: number | undefined
  /** About the most words that the summary should have; not less than `minWords`. */
  readonly maxWords?: number | undefined
  /** Running text, or one line for each point. */
  readonly summaryStyle?: 'paragraph' | 'list' | undefined
  /** How parts of a text that is too long for the model come together: one after the other, or each alone and then as one. */
  readonly chunkProcessingMethod?: 'iterative_refinement' | 'map_reduce' | undefined
  /** How close the summary keeps to the words of the text. */
  readonly extractivenessLevel?: 'low' | 'medium' | 'high' | undefined
}

const sourceNames = ['content', 'locationUri', 'credentialName']

/** The options that become `params`, each with its name there and the words that it takes. */
const choices = {
  summaryStyle: { name: 'summary_style', words: ['paragraph', 'list'] },
  chunkProcessingMethod: { name: 'chunk_processing_method', words: ['iterative_refinement', 'map_reduce'] },
  extractivenessLevel: { name: 'extractiveness_level', words: ['low', 'medium', 'high'] },
} as const

const known = [...callOptionNames, 'prompt', 'minWords', 'maxWords', ...Object.keys(choices)]

/** Has the database summarise a text. @throws SelectAIArgumentError before anything is sent. */
export async function summarize(
  pool: ConnectionPool,
  profile: string,
  source: SummarySource,
  options: SummarizeOptions,
): Promise<string> {
  const { content, locationUri, credentialName } = checkSource(source)
  checkCallOptions(options, known)
  const { prompt } = options
  const input = {
    profile_name: profile,
    user_prompt: prompt === undefined ? null : checkText('options.prompt', prompt),
    params: paramsOf(options),
  }
  const call = { action: 'summarize', profile, options }
  return content === undefined
    ? readAnswer(pool, call, summarizeLocation, {
        location_uri: locationUri,
        credential_name: credentialName ?? null,
        ...input,
      })
    : readAnswer(pool, call, summarizeContent, { content, ...input })
}

function checkSource(source: SummarySource): SummarySource {
  checkParts('source', source, sourceNames)
  const { content, locationUri, credentialName } = source
  if ((content === undefined) === (locationUri === undefined)) {
    throw new SelectAIArgumentError({ argument: 'source', message: 'must have either content or locationUri.' })
  }
  if (credentialName !== undefined && locationUri === undefined) {
    const message = 'belongs to locationUri; a text that is sent along needs no credential.'
    throw new SelectAIArgumentError({ argument: 'source.credentialName', message })
  }
  for (const [name, value] of Object.entries(source)) if (value !== undefined) checkText(`source.${name}`, value)
  return source
}

/** The options as the JSON that the database takes; null when none is given. */
function paramsOf(options: SummarizeOptions): string | null {
  const minWords = checkWords('minWords', options.minWords)
  const maxWords = checkWords('maxWords', options.maxWords)
  if (minWords !== undefined && maxWords !== undefined && minWords > maxWords) {
    const message = `must not be larger than maxWords (${maxWords}).`
    throw new SelectAIArgumentError({ argument: 'options.minWords', message })
  }
  const chosen = Object.entries(choices).map(([option, { name, words }]) => [
    name,
    checkChoice(option, words, options[option as keyof typeof choices]),
  ])
  const params = JSON.stringify({ min_words: minWords, max_words: maxWords, ...Object.fromEntries(chosen) })
  return params === '{}' ? null : params
}

function checkWords(option: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return value
  throw new SelectAIArgumentError({ argument: `options.${option}`, message: 'must be a whole number of at least 1.' })
}

function checkChoice(option: string, words: readonly string[], value: string | undefined): string | undefined {
  if (value === undefined || words.includes(value)) return value
  throw new SelectAIArgumentError({ argument: `options.${option}`, message: `must be one of ${words.join(', ')}.` })
}
