import type { SqlRequest } from '../model.ts'
import type { SchemaDescription } from '../schema-description.ts'
import { knownValues } from './known-values.ts'
import { SchemaGraph } from './schema-graph.ts'
import { buildVocabulary, type PhraseBook, type Vocabulary } from './vocabulary.ts'

const SCHEMAS_KEPT = 16

/** What the reader has learned about one schema: its words, its keys, and the values in its tables. */
export class SchemaKnowledge {
  readonly vocabulary: Vocabulary
  readonly graph: SchemaGraph
  #values: PhraseBook | undefined

  constructor(schema: SchemaDescription) {
    this.vocabulary = buildVocabulary(schema)
    this.graph = new SchemaGraph(this.vocabulary.tables)
  }

  /** Values as they were when last read; undefined before that. */
  get values(): PhraseBook | undefined {
    return this.#values
  }

  async readValues(request: SqlRequest): Promise<PhraseBook> {
    this.#values = await knownValues(this.vocabulary.tables, request)
    return this.#values
  }
}

/** Keeps the knowledge of the schemas asked about last. */
export class KnowledgeCache {
  readonly #bySchema = new Map<string, SchemaKnowledge>()

  of(schema: SchemaDescription): SchemaKnowledge {
    const key = JSON.stringify(schema)
    const knowledge = this.#bySchema.get(key) ?? new SchemaKnowledge(schema)
    this.#bySchema.delete(key)
    this.#bySchema.set(key, knowledge)
    const [oldest] = this.#bySchema.keys()
    if (this.#bySchema.size > SCHEMAS_KEPT && oldest !== undefined) this.#bySchema.delete(oldest)
    return knowledge
  }
}
