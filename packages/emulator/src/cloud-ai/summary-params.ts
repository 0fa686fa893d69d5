import { OracleError } from '../oracle-error.ts'
import type { SummaryWishes } from './summarize-text.ts'

/** Each key of the argument PARAMS, with the wish that it stands for and the words that it takes; numbers of words otherwise. */
const keys = {
  min_words: { wish: 'minWords' },
  max_words: { wish: 'maxWords' },
  summary_style: { wish: 'style', words: ['paragraph', 'list'] },
  chunk_processing_method: { wish: 'chunkProcessing', words: ['iterative_refinement', 'map_reduce'] },
  extractiveness_level: { wish: 'extractiveness', words: ['low', 'medium', 'high'] },
} as const

/**
 * Reads the argument PARAMS of SUMMARIZE.
 * @throws OracleError ORA-20000 for a key that does not exist or a value that does not fit.
 */
export function summaryParams(params: Readonly<Record<string, unknown>>): SummaryWishes {
  const wishes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(params)) {
    const key = name.toLowerCase()
    if (!isKey(key)) throw new OracleError(20000, `Invalid parameter in params - ${name}`)
    if (value !== null) wishes[keys[key].wish] = checked(key, value)
  }
  const { minWords, maxWords } = wishes as SummaryWishes
  if (minWords !== undefined && maxWords !== undefined && minWords > maxWords) {
    throw new OracleError(20000, 'min_words cannot be greater than max_words')
  }
  return wishes
}

function isKey(name: string): name is keyof typeof keys {
  return Object.hasOwn(keys, name)
}

function checked(key: keyof typeof keys, value: unknown): unknown {
  const entry = keys[key]
  const given = typeof value === 'string' ? value.toLowerCase() : value
  const words: readonly unknown[] | undefined = 'words' in entry ? entry.words : undefined
  const fits = words === undefined ? Number.isSafeInteger(given) && Number(given) > 0 : words.includes(given)
  if (fits) return given
  throw new OracleError(20000, `Invalid value for ${key} - ${String(value)}`)
}
