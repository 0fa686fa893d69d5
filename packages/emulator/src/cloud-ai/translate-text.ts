import type { Model, ModelRequest } from '../models/model.ts'
import { OracleError } from '../oracle-error.ts'
import { languageCode } from './translation-languages.ts'

export interface Languages {
  readonly source?: string | undefined
  readonly target?: string | undefined
}

/**
 * Has the model translate a text. Languages that are not given are those of the attributes.
 * @throws OracleError ORA-20000
 */
export async function translateText(
  model: Model,
  text: string,
  { source, target }: Languages,
  { attributes, signal }: Pick<ModelRequest, 'attributes' | 'signal'>,
): Promise<string> {
  if (attributes.provider !== 'oci') {
    throw new OracleError(20000, `Translation is not supported for provider ${String(attributes.provider)}`)
  }
  const targetLanguage = codeOf(target ?? attributes.target_language)
  if (targetLanguage === undefined) throw new OracleError(20000, 'Missing target language')
  const sourceLanguage = codeOf(source ?? attributes.source_language)
  if (model.translate === undefined) throw new OracleError(20000, `The model ${model.name} does not translate`)
  return model.translate({ text, sourceLanguage, targetLanguage, attributes, signal })
}

function codeOf(language: unknown): string | undefined {
  return typeof language === 'string' ? languageCode(language) : undefined
}
