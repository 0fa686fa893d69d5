import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { checkText } from '../pool/check-values.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswer } from '../pool/read-answer.ts'
import { translate as statement } from '../sql/translate-statements.ts'

/** Options of one translation. */
export interface TranslateOptions extends CallOptions {
  /** Language of the text, as name or code, for example `English` or `en`. Default: that of the profile, else it is found out. */
  readonly sourceLanguage?: string | undefined
  /**
   * Language to translate into, as name or code. `pool.listTranslationLanguages` lists all. Default: `target_language` of the
   * profile, which must have one then.
   */
  readonly targetLanguage?: string | undefined
}

const known = [...callOptionNames, 'sourceLanguage', 'targetLanguage']

/** Has the database translate a text. @throws SelectAIArgumentError before anything is sent. */
export async function translate(
  pool: ConnectionPool,
  profile: string,
  text: string,
  options: TranslateOptions,
): Promise<string> {
  checkText('text', text)
  checkCallOptions(options, known)
  const { sourceLanguage, targetLanguage } = options
  return readAnswer(pool, { action: 'translate', profile, options }, statement, {
    profile_name: profile,
    text,
    source_language: optionalText('options.sourceLanguage', sourceLanguage),
    target_language: optionalText('options.targetLanguage', targetLanguage),
  })
}

/** @throws SelectAIArgumentError */
function optionalText(argument: string, value: string | undefined): string | null {
  return value === undefined ? null : checkText(argument, value)
}
