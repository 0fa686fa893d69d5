import { type DictionaryView, describeView } from '../execution/dictionary-view.ts'
import { varchar2 } from '../values/oracle-type.ts'
import { translationLanguages } from './translation-languages.ts'

const TYPES = { LANGUAGE_NAME: varchar2(128), LANGUAGE_CODE: varchar2(128), PROVIDER: varchar2(128) }

/** AI_TRANSLATION_LANGUAGES: what may be given to DBMS_CLOUD_AI.TRANSLATE as a language. */
export const translationLanguagesView: DictionaryView = describeView('AI_TRANSLATION_LANGUAGES', TYPES, () =>
  translationLanguages.map(({ name, code }) => ({ LANGUAGE_NAME: name, LANGUAGE_CODE: code, PROVIDER: 'OCI' })),
)
