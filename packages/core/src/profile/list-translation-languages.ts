import { queryDatabase } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { listTranslationLanguages as statement } from '../sql/translation-language-statements.ts'

/** A language that texts are translated from and into. */
export interface TranslationLanguage {
  /** The name, for example `German`. */
  readonly name: string
  /** The code, for example `de`. */
  readonly code: string
  /** The provider that knows it, as the database writes it. */
  readonly provider: string
}

interface LanguageRow {
  readonly LANGUAGE_NAME: string
  readonly LANGUAGE_CODE: string
  readonly PROVIDER: string
}

/** The languages that the database can be asked for, by name. */
export async function listTranslationLanguages(
  pool: ConnectionPool,
  options: CallOptions = {},
): Promise<readonly TranslationLanguage[]> {
  checkCallOptions(options, callOptionNames)
  const call = { action: 'listTranslationLanguages', options }
  const rows = await queryDatabase<LanguageRow>(pool, call, statement, () => ({}))
  return Object.freeze(
    rows.map(({ LANGUAGE_NAME: name, LANGUAGE_CODE: code, PROVIDER: provider }) =>
      Object.freeze({ name, code, provider }),
    ),
  )
}
