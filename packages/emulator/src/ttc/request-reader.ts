import type { CursorTable } from '../session/cursor-table.ts'
import { readAuthentication } from './authentication-messages.ts'
import type { ByteReader } from './byte-reader.ts'
import { type Agreement, FieldVersion } from './capabilities.ts'
import { readExecute, readReexecute } from './execute-reader.ts'
import { readLobRequest } from './lob-reader.ts'
import { FunctionCode, MessageType } from './message-type.ts'
import { readDataTypes, readProtocol } from './negotiation.ts'
import { readPiggyback } from './piggyback-reader.ts'
import { ProtocolError, UnsupportedMessage } from './protocol-error.ts'
import type { Envelope, Piggyback, Request } from './request.ts'

/** What the layout of a request depends on. */
export interface ReadingContext {
  /** Undefined until the data types were exchanged. */
  readonly agreement: Agreement | undefined
  /** Undefined until the logon. */
  readonly cursors: CursorTable | undefined
}

const MAXIMUM_PIGGYBACKS = 64

/**
 * Reads one request with the piggybacks in front of it.
 * @throws Underflow when more bytes are needed; nothing has changed then, and reading starts over.
 */
export function readEnvelope(reader: ByteReader, context: ReadingContext): Envelope {
  const piggybacks: Piggyback[] = []
  for (;;) {
    const type = reader.uint8()
    if (type !== MessageType.piggyback) return { piggybacks, ...readMain(reader, type, context) }
    if (piggybacks.length === MAXIMUM_PIGGYBACKS) throw new ProtocolError('piggybacks without an end')
    const { code } = readHeader(reader, context.agreement)
    piggybacks.push(readPiggyback(reader, code, context.agreement))
  }
}

function readHeader(reader: ByteReader, agreement: Agreement | undefined): { code: number; token: number } {
  const code = reader.uint8()
  reader.skip(1)
  const hasToken = agreement !== undefined && agreement.fieldVersion >= FieldVersion.tokens
  return { code, token: hasToken ? reader.integer() : 0 }
}

function readMain(
  reader: ByteReader,
  type: number,
  context: ReadingContext,
): { readonly request: Request; readonly token: number } {
  switch (type) {
    case MessageType.protocol:
      return { request: { kind: 'protocol', driver: readProtocol(reader) }, token: 0 }
    case MessageType.dataTypes:
      return { request: { kind: 'dataTypes', client: readDataTypes(reader) }, token: 0 }
    case MessageType.fastAuthentication:
      return { request: readFastAuthentication(reader), token: 0 }
    case MessageType.function:
    case MessageType.oneWay: {
      const { code, token } = readHeader(reader, context.agreement)
      return { request: readFunction(reader, type, code, context), token }
    }
    default:
      throw new ProtocolError(`an unknown message type ${type}`)
  }
}

/** Protocol, data types and the first step of the logon in one message, the last in a layout without tokens. */
function readFastAuthentication(reader: ByteReader): Request {
  reader.skip(3)
  expect(reader, MessageType.protocol)
  const driver = readProtocol(reader)
  reader.skip(6)
  expect(reader, MessageType.dataTypes)
  const client = readDataTypes(reader)
  expect(reader, MessageType.function)
  expect(reader, FunctionCode.authenticationOne)
  reader.skip(1)
  const authentication = readAuthentication(reader, client.conventionalLengths)
  return { kind: 'fastAuthentication', driver, client, authentication }
}

function expect(reader: ByteReader, byte: number): void {
  if (reader.uint8() !== byte) throw new ProtocolError('an opening message out of order')
}

const PLAIN_FUNCTIONS: ReadonlyMap<number, 'ping' | 'commit' | 'rollback' | 'logoff'> = new Map([
  [FunctionCode.ping, 'ping'],
  [FunctionCode.commit, 'commit'],
  [FunctionCode.rollback, 'rollback'],
  [FunctionCode.logoff, 'logoff'],
] as const)

function readFunction(reader: ByteReader, type: number, code: number, context: ReadingContext): Request {
  const { agreement, cursors } = context
  if (!agreement) throw new ProtocolError(`function ${code} before the negotiation`)
  if (code === FunctionCode.authenticationOne || code === FunctionCode.authenticationTwo) {
    const phase = code === FunctionCode.authenticationOne ? 1 : 2
    return { kind: 'authentication', phase, authentication: readAuthentication(reader, agreement.conventionalLengths) }
  }
  if (!cursors) throw new ProtocolError(`function ${code} before the logon`)
  if (type === MessageType.oneWay) return readOneWay(reader, code)
  const plain = PLAIN_FUNCTIONS.get(code)
  if (plain) return { kind: plain }
  switch (code) {
    case FunctionCode.execute:
      return readExecute(reader, agreement, cursors)
    case FunctionCode.reexecute:
      return readReexecute(reader, agreement, cursors, false)
    case FunctionCode.reexecuteAndFetch:
      return readReexecute(reader, agreement, cursors, true)
    case FunctionCode.fetch:
      return { kind: 'fetch', cursorId: reader.count(65_535), rowCount: reader.count(0x7fff_ffff) }
    case FunctionCode.lobOperation:
      return readLobRequest(reader)
    case FunctionCode.pipelineEnd:
      reader.integer(4)
      return { kind: 'pipelineEnd' }
    default:
      throw new UnsupportedMessage(`function ${code}`)
  }
}

function readOneWay(reader: ByteReader, code: number): Request {
  if (code !== FunctionCode.releaseSession) throw new UnsupportedMessage(`one-way function ${code}`)
  const hasTag = reader.uint8() !== 0
  const tagLength = reader.count(1024)
  reader.integer(4)
  if (hasTag && tagLength > 0) reader.bytes()
  return { kind: 'releaseSession' }
}
