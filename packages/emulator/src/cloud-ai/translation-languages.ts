import { OracleError } from '../oracle-error.ts'

export interface TranslationLanguage {
  readonly name: string
  readonly code: string
}

const codesByName = {
  Arabic: 'ar',
  'Brazilian Portuguese': 'pt-BR',
  'Canadian French': 'fr-CA',
  Croatian: 'hr',
  Czech: 'cs',
  Danish: 'da',
  Dutch: 'nl',
  English: 'en',
  Finnish: 'fi',
  French: 'fr',
  German: 'de',
  Greek: 'el',
  Hebrew: 'he',
  Hungarian: 'hu',
  Italian: 'it',
  Japanese: 'ja',
  Korean: 'ko',
  Norwegian: 'no',
  Polish: 'pl',
  Portuguese: 'pt',
  Romanian: 'ro',
  Russian: 'ru',
  'Simplified Chinese': 'zh-CN',
  Slovak: 'sk',
  Slovenian: 'sl',
  Spanish: 'es',
  Swedish: 'sv',
  Thai: 'th',
  'Traditional Chinese': 'zh-TW',
  Turkish: 'tr',
  Vietnamese: 'vi',
}

/** The languages that the provider `oci` translates. */
export const translationLanguages: readonly TranslationLanguage[] = Object.entries(codesByName).map(([name, code]) => ({
  name,
  code,
}))

/**
 * The code of a language that is given by name or code, whatever the case.
 * @throws OracleError ORA-20000
 */
export function languageCode(given: string): string {
  const wanted = given.trim().toLowerCase()
  const language = translationLanguages.find(({ name, code }) =>
    [name, code].some((text) => text.toLowerCase() === wanted),
  )
  if (language === undefined) {
    throw new OracleError(20000, `Unsupported language - ${given}; see the view AI_TRANSLATION_LANGUAGES`)
  }
  return language.code
}
