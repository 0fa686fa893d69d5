import type { TypedValue } from '../../execution/sql-executor.ts'
import type { CallContext } from '../../execution/subprogram.ts'
import { CLOB } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import type { OwnerQuery } from './run-as-owner.ts'
import type { Chunk } from './split-into-chunks.ts'
import { type VectorIndex, vectorTableOf } from './vector-index-store.ts'

/** What the column ATTRIBUTES tells of a chunk, by the names of the database. */
export interface ChunkAttributes {
  readonly object_name: string
  readonly location_uri: string
  readonly object_size: number
  /** ISO 8601. */
  readonly last_modified: string
  /** Counted from 1. */
  readonly start_offset: number
  readonly end_offset: number
}

/** One row of the table. */
export interface StoredChunk {
  readonly content: string
  readonly attributes: Partial<ChunkAttributes>
  readonly embedding: readonly number[]
}

/** Creates the table as the calling user. @throws OracleError ORA-00955 when there is one of that name. */
export async function createVectorTable(index: VectorIndex, context: CallContext): Promise<void> {
  await context.query(`CREATE TABLE ${nameOf(index)} (CONTENT CLOB, ATTRIBUTES CLOB, EMBEDDING CLOB)`)
}

/** @throws OracleError ORA-00942 when there is none. */
export async function dropVectorTable(index: VectorIndex, context: CallContext): Promise<void> {
  await context.query(`DROP TABLE ${nameOf(index)}`)
}

/** Puts the chunks of a document in the place of those that the table has of it. */
export async function replaceChunks(
  index: VectorIndex,
  document: Pick<ChunkAttributes, 'object_name' | 'location_uri' | 'object_size' | 'last_modified'>,
  chunks: readonly { readonly chunk: Chunk; readonly embedding: readonly number[] }[],
  query: OwnerQuery,
): Promise<void> {
  const { object_name, location_uri, object_size, last_modified } = document
  // All rows of a document begin alike, because they are written here.
  const beginning = JSON.stringify({ object_name, location_uri }).slice(0, -1)
  await query(`DELETE FROM ${nameOf(index)} WHERE INSTR(ATTRIBUTES, :BEGINNING) = 1`, { BEGINNING: clob(beginning) })
  for (const { chunk, embedding } of chunks) {
    const { text, startOffset, endOffset } = chunk
    const offsets = { start_offset: startOffset, end_offset: endOffset }
    await query(
      `INSERT INTO ${nameOf(index)} (CONTENT, ATTRIBUTES, EMBEDDING) VALUES (:CONTENT, :ATTRIBUTES, :EMBEDDING)`,
      {
        CONTENT: clob(text),
        ATTRIBUTES: clob(JSON.stringify({ object_name, location_uri, object_size, last_modified, ...offsets })),
        EMBEDDING: clob(vectorText(embedding)),
      },
    )
  }
}

/** All rows; those that somebody else wrote in another form are left out. */
export async function readChunks(index: VectorIndex, query: OwnerQuery): Promise<readonly StoredChunk[]> {
  const { rows } = await query(`SELECT CONTENT, ATTRIBUTES, EMBEDDING FROM ${nameOf(index)}`)
  return rows.flatMap(([content, attributes, embedding]) => {
    const vector = parsed(embedding)
    if (typeof content !== 'string' || !Array.isArray(vector)) return []
    const known = parsed(attributes)
    return [{ content, attributes: typeof known === 'object' && known !== null ? known : {}, embedding: vector }]
  })
}

/** Empties the table. */
export async function clearVectorTable(index: VectorIndex, query: OwnerQuery): Promise<void> {
  await query(`DELETE FROM ${nameOf(index)}`)
}

function nameOf(index: VectorIndex): string {
  return `"${index.owner}"."${vectorTableOf(index)}"`
}

/** As the database writes a VECTOR: `[1.0E+000,0]` and the like; five digits tell these vectors apart. */
function vectorText(vector: readonly number[]): string {
  return `[${vector.map((value) => (value === 0 ? '0' : value.toExponential(5))).join(',')}]`
}

function parsed(value: OracleValue | undefined): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    return undefined
  }
}

function clob(value: string): TypedValue {
  return { type: CLOB, value }
}
