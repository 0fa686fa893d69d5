import type { Passage } from '../../models/model.ts'
import { embedText } from './hashing-embedding.ts'
import type { RunAsOwner } from './run-as-owner.ts'
import { similarity } from './vector-distance.ts'
import { DEFAULTS } from './vector-index-attributes.ts'
import type { VectorIndex, VectorIndexStore } from './vector-index-store.ts'
import { readChunks, type StoredChunk } from './vector-table.ts'

/** What was found for a question. */
export interface Found {
  readonly index: VectorIndex
  /** The nearest first. */
  readonly passages: readonly Passage[]
}

/** Finds the chunks of an index that are nearest to a text, for a user who may search it. */
export type SearchDocuments = (user: string, indexName: string, text: string, signal: AbortSignal) => Promise<Found>

/** @throws OracleError, when it searches: ORA-20048 for an index that is not there or disabled, ORA-00942 when its table is gone. */
export function searchDocumentsOf(indexes: VectorIndexStore, runAsOwner: RunAsOwner): SearchDocuments {
  return async (user, indexName, text, signal) => {
    const index = indexes.searchable(user, indexName)
    const chunks = await runAsOwner(index.owner, signal, (query) => readChunks(index, query))
    return { index, passages: nearest(index, chunks, text) }
  }
}

function nearest({ attributes }: VectorIndex, chunks: readonly StoredChunk[], text: string): readonly Passage[] {
  const metric = String(attributes.vector_distance_metric ?? DEFAULTS.metric)
  const threshold = Number(attributes.similarity_threshold ?? DEFAULTS.similarityThreshold)
  const vector = embedText(text, Number(attributes.vector_dimension ?? DEFAULTS.dimension))
  return chunks
    .map((chunk) => passageOf(chunk, similarity(metric, chunk.embedding, vector)))
    .filter(({ score }) => score > 0 && score >= threshold)
    .sort((one, other) => other.score - one.score)
    .slice(0, Number(attributes.match_limit ?? DEFAULTS.matchLimit))
}

function passageOf({ content, attributes }: StoredChunk, score: number): Passage {
  const { object_name: name = '', location_uri: location = '', start_offset: start, end_offset: end } = attributes
  return {
    text: content,
    source: name,
    uri: name === '' ? location : `${location}${encodeURIComponent(name)}`,
    score,
    startOffset: start ?? 1,
    endOffset: end ?? content.length,
  }
}
