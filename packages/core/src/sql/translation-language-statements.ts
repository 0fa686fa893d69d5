/** What may be given to TRANSLATE as a language. */
export const listTranslationLanguages = `SELECT language_name, language_code, provider
  FROM ai_translation_languages
 ORDER BY language_name, provider`
