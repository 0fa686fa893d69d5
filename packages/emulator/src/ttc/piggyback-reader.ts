import type { ClientAttributes } from '../execution/database-session.ts'
import type { ByteReader } from './byte-reader.ts'
import type { Agreement } from './capabilities.ts'
import { readText } from './execute-reader.ts'
import { LobOperation, readLobRequest } from './lob-reader.ts'
import { FunctionCode } from './message-type.ts'
import { ProtocolError, UnsupportedMessage } from './protocol-error.ts'
import type { Piggyback } from './request.ts'

const MAXIMUM_IDS = 65_535
const MAXIMUM_NAME = 64 * 1024
const MAXIMUM_PAIRS = 4096
const ABORT_ON_ERROR = 2

type PiggybackReader = (reader: ByteReader, agreement: Agreement) => Piggyback

const readCursorIds =
  (kind: 'closeCursors' | 'cancelCursors'): PiggybackReader =>
  (reader) => {
    reader.skip(1)
    const count = reader.count(MAXIMUM_IDS)
    const ids: number[] = []
    for (let index = 0; index < count; index += 1) ids.push(reader.integer(4))
    return { kind, ids }
  }

const readFreeLobs: PiggybackReader = (reader) => {
  const { operation, source } = readLobRequest(reader)
  if ((operation & ~LobOperation.array) !== LobOperation.freeTemporary) {
    throw new UnsupportedMessage(`a piggybacked LOB operation ${operation}`)
  }
  return { kind: 'freeLobs', locators: source }
}

const readSetSchema: PiggybackReader = (reader, agreement) => {
  reader.skip(1)
  return { kind: 'setSchema', schema: readText(reader, agreement, reader.count(MAXIMUM_NAME)) }
}

const readAttributes: PiggybackReader = (reader, agreement) => {
  const length = () => {
    const given = reader.uint8() !== 0
    const bytes = reader.count(MAXIMUM_NAME)
    return given ? bytes : undefined
  }
  reader.skip(2)
  reader.integer()
  const lengths = [length(), length(), length(), length()]
  length()
  const clientInfoLength = length()
  length()
  length()
  const operationLength = length()
  const text = (bytes: number | undefined) => (bytes === undefined ? undefined : readText(reader, agreement, bytes))
  const [clientIdentifier, module, action] = [text(lengths[0]), text(lengths[1]), text(lengths[2])]
  text(lengths[3])
  const clientInfo = text(clientInfoLength)
  text(operationLength)
  const attributes: ClientAttributes = {}
  if (clientIdentifier !== undefined) attributes.clientIdentifier = clientIdentifier
  if (module !== undefined) attributes.module = module
  if (action !== undefined) attributes.action = action
  if (clientInfo !== undefined) attributes.clientInfo = clientInfo
  return { kind: 'attributes', attributes }
}

const readApplicationContext: PiggybackReader = (reader) => {
  const hasNamespace = reader.uint8() !== 0
  if (hasNamespace) reader.count(MAXIMUM_NAME)
  reader.skip(1)
  const pairs = reader.count(MAXIMUM_PAIRS)
  reader.integer(4)
  reader.skip(1)
  reader.bytes()
  for (let index = 0; index < pairs; index += 1) {
    reader.doubleLengthBytes()
    reader.doubleLengthBytes()
    reader.integer(4)
  }
  return { kind: 'applicationContext' }
}

const readPipelineBegin: PiggybackReader = (reader) => {
  reader.integer(4)
  reader.skip(1)
  return { kind: 'pipelineBegin', abortOnError: reader.uint8() === ABORT_ON_ERROR }
}

const PIGGYBACK_READERS: ReadonlyMap<number, PiggybackReader> = new Map<number, PiggybackReader>([
  [FunctionCode.closeCursors, readCursorIds('closeCursors')],
  [FunctionCode.cancelCursors, readCursorIds('cancelCursors')],
  [FunctionCode.lobOperation, readFreeLobs],
  [FunctionCode.setSchema, readSetSchema],
  [FunctionCode.endToEnd, readAttributes],
  [FunctionCode.applicationContext, readApplicationContext],
  [FunctionCode.pipelineBegin, readPipelineBegin],
])

/** Reads what follows a piggyback's header. */
export function readPiggyback(reader: ByteReader, code: number, agreement: Agreement | undefined): Piggyback {
  if (!agreement) throw new ProtocolError('a piggyback before the negotiation')
  const read = PIGGYBACK_READERS.get(code)
  if (!read) throw new UnsupportedMessage(`piggyback ${code}`)
  return read(reader, agreement)
}
