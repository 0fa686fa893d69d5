import { createHash } from 'node:crypto'
import { OracleError } from '../../oracle-error.ts'
import { embedText } from './hashing-embedding.ts'
import { type Document, type LoadedDocument, listDocuments } from './list-documents.ts'
import type { RunAsOwner } from './run-as-owner.ts'
import { splitIntoChunks } from './split-into-chunks.ts'
import type { DocumentStatus, StatusTable } from './status-table.ts'
import { DEFAULTS } from './vector-index-attributes.ts'
import type { VectorIndex } from './vector-index-store.ts'
import { replaceChunks } from './vector-table.ts'

export interface LoadOptions {
  readonly index: VectorIndex
  readonly statusTable: StatusTable
  /** The folder of documents, if there is one. */
  readonly directory: string | undefined
  readonly runAsOwner: RunAsOwner
  readonly signal: AbortSignal
}

const LONGEST_ERROR = 1000

/**
 * Loads the documents that are new or have changed. One that cannot be loaded is told of in the status table and does not keep
 * the others from it; documents that are gone leave their chunks behind, as in the database.
 * @throws OracleError when there is nothing at the location, or nothing of it can be loaded.
 */
export async function loadDocuments(options: LoadOptions): Promise<void> {
  const { index, statusTable, directory, runAsOwner, signal } = options
  const documents = await listDocuments(String(index.attributes.location), directory)
  const checksums = await runAsOwner(index.owner, signal, (query) => statusTable.loaded(query))
  const failures: OracleError[] = []
  for (const [place, document] of documents.entries()) {
    const failure = await loadDocument(document, place + 1, checksums, options)
    if (failure !== undefined) failures.push(failure)
  }
  if (failures[0] !== undefined && failures.length === documents.length) throw failures[0]
}

async function loadDocument(
  document: Document,
  id: number,
  checksums: ReadonlyMap<string, string>,
  options: LoadOptions,
): Promise<OracleError | undefined> {
  const { index, statusTable, runAsOwner, signal } = options
  const name = `${document.locationUri}${document.name}`
  const started = new Date()
  const write = (status: Omit<DocumentStatus, 'name' | 'started' | 'ended'>) =>
    runAsOwner(index.owner, signal, (query) =>
      statusTable.write({ ...status, name, started, ended: new Date() }, id, query),
    )
  try {
    const loaded = await document.load(signal)
    const checksum = createHash('sha256').update(loaded.text).digest('hex')
    if (checksums.get(name) === checksum) return undefined
    await storeChunks(document, loaded, options)
    const { bytes, lastModified } = loaded
    await write({ bytes, checksum, lastModified, status: 'COMPLETED', error: undefined })
    return undefined
  } catch (error) {
    if (signal.aborted) throw error
    const failure = error instanceof OracleError ? error : new OracleError(20000, String(error), { cause: error })
    const { number, message } = failure
    const told = { number, message: message.slice(0, LONGEST_ERROR) }
    await write({ bytes: undefined, checksum: undefined, lastModified: undefined, status: 'FAILED', error: told })
    return failure
  }
}

function storeChunks(
  { name, locationUri }: Document,
  { text, bytes, lastModified }: LoadedDocument,
  { index, runAsOwner, signal }: LoadOptions,
): Promise<void> {
  const size = Number(index.attributes.chunk_size ?? DEFAULTS.chunkSize)
  const overlap = Number(index.attributes.chunk_overlap ?? Math.min(DEFAULTS.chunkOverlap, Math.floor(size / 2)))
  const dimension = Number(index.attributes.vector_dimension ?? DEFAULTS.dimension)
  const chunks = splitIntoChunks(text, size, overlap)
  const embedded = chunks.map((chunk) => ({ chunk, embedding: embedText(chunk.text, dimension) }))
  const about = {
    object_name: name,
    location_uri: locationUri,
    object_size: bytes,
    last_modified: lastModified.toISOString(),
  }
  return runAsOwner(index.owner, signal, (query) => replaceChunks(index, about, embedded, query))
}
