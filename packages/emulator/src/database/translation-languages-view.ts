import { translationLanguages } from '../cloud-ai/translation-languages.ts'
import type { DictionaryView } from '../sql/catalog/dictionary.ts'
import { varchar2 } from '../values/oracle-type.ts'

/** AI_TRANSLATION_LANGUAGES: what may be given to DBMS_CLOUD_AI.TRANSLATE as a language. */
export const translationLanguagesView: DictionaryView = {
  name: 'AI_TRANSLATION_LANGUAGES',
  columns: ['LANGUAGE_NAME', 'LANGUAGE_CODE', 'PROVIDER'].map((name) => ({
    name,
    type: varchar2(128),
    nullable: true,
  })),
  rows: () => translationLanguages.map(({ name, code }) => [name, code, 'OCI']),
}
