import { OracleError } from '../oracle-error.ts'
import { LOB_CHUNK_SIZE, type Lob, type LobKind } from '../session/lob-store.ts'
import type { Call } from './call.ts'
import { LobOperation } from './lob-reader.ts'
import { decodeUtf16, encodeLocator, encodeUtf16, LOCATOR_LENGTH, locatorId } from './locator.ts'
import { MessageType } from './message-type.ts'
import type { LobRequest } from './request.ts'
import { NATIONAL_FORM, WireType } from './wire-type.ts'

/** What an operation gives back besides the locator. */
interface LobAnswer {
  readonly lob: Lob
  readonly amount: number
  readonly data?: Uint8Array
}

type Operation = (call: Call, lob: Lob, request: LobRequest) => LobAnswer

const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [LobOperation.length, (_call, lob) => ({ lob, amount: lob.content.length })],
  [LobOperation.chunkSize, (_call, lob) => ({ lob, amount: LOB_CHUNK_SIZE })],
  [LobOperation.read, (_call, lob, request) => read(lob, request)],
  [LobOperation.write, write],
  [
    LobOperation.trim,
    (call, lob, request) => {
      call.session.lobs.trim(lob, request.amount ?? 0)
      return { lob, amount: request.amount ?? 0 }
    },
  ],
  [
    LobOperation.open,
    (_call, lob, request) => {
      if (lob.open) throw new OracleError(22293, 'LOB already opened in the same transaction')
      lob.open = true
      return { lob, amount: request.amount ?? 0 }
    },
  ],
  [
    LobOperation.close,
    (_call, lob, request) => {
      if (!lob.open) throw new OracleError(22289, 'cannot perform CLOSE operation on an unopened file or LOB')
      lob.open = false
      return { lob, amount: request.amount ?? 0 }
    },
  ],
  [LobOperation.isOpen, (_call, lob, request) => ({ lob, amount: request.amount ?? 0 })],
])

export function answerLob(call: Call, request: LobRequest): void {
  const operation = request.operation & ~LobOperation.array
  if (operation === LobOperation.freeTemporary) free(call, request)
  else if (operation === LobOperation.createTemporary) create(call, request)
  else use(call, request, operation)
}

/** Performs an operation on a LOB that exists. */
function use(call: Call, request: LobRequest, operation: number): void {
  const perform = OPERATIONS.get(operation)
  if (!perform) throw new OracleError(3001, 'unimplemented feature')
  const answer = perform(call, call.session.lobs.get(locatorId(request.source)), request)
  const { writer } = call
  if (operation === LobOperation.read) writer.uint8(MessageType.lobData).bytes(answer.data ?? null)
  writer.uint8(MessageType.parameter).raw(request.source)
  if (request.amount !== undefined) writer.integers(answer.amount)
  if (operation === LobOperation.isOpen) writeFlag(call, answer.lob.open)
  call.end()
}

function writeFlag(call: Call, flag: boolean): void {
  if (call.agreement.wideScale) call.writer.integers(flag ? 1 : 0)
  else call.writer.uint8(flag ? 1 : 0)
}

function read(lob: Lob, request: LobRequest): LobAnswer {
  if (request.sourceOffset < 1) throw outOfRange()
  const start = request.sourceOffset - 1
  const piece = lob.content.slice(start, start + (request.amount ?? 0))
  const data = typeof piece === 'string' ? encodeUtf16(piece) : piece
  return { lob, amount: piece.length, data }
}

function write(call: Call, lob: Lob, request: LobRequest): LobAnswer {
  if (request.sourceOffset < 1) throw outOfRange()
  const bytes = request.data ?? Buffer.alloc(0)
  const data = lob.kind === 'BLOB' ? bytes : decodeUtf16(bytes)
  call.session.lobs.write(lob, request.sourceOffset - 1, data)
  return { lob, amount: data.length }
}

function outOfRange(): OracleError {
  return new OracleError(24801, 'illegal parameter value in OCI lob function')
}

const UTF8 = 873
const UTF16 = 2000

function create(call: Call, request: LobRequest): void {
  const kind = kindOf(request)
  const lob = call.session.lobs.createTemporary(kind)
  call.undoWith(() => call.session.lobs.free(lob.id))
  const locator = Buffer.alloc(Math.max(LOCATOR_LENGTH, request.source.length))
  encodeLocator(lob).copy(locator)
  call.writer.uint8(MessageType.parameter).raw(locator.subarray(0, request.source.length || LOCATOR_LENGTH))
  call.writer.integers(kind === 'NCLOB' ? UTF16 : UTF8)
  if (request.amount !== undefined) call.writer.integers(request.amount)
  call.writer.uint8(0)
  call.end()
}

function kindOf(request: LobRequest): LobKind {
  if (request.destinationOffset === WireType.blob) return 'BLOB'
  if (request.destinationOffset !== WireType.clob) throw new OracleError(932, 'inconsistent data types')
  return request.sourceOffset === NATIONAL_FORM ? 'NCLOB' : 'CLOB'
}

function free(call: Call, request: LobRequest): void {
  freeLocators(call.session, request.source)
  call.writer.uint8(MessageType.parameter).raw(request.source)
  if (request.amount !== undefined) call.writer.integers(request.amount)
  call.end()
}

/** Frees the LOBs of a list of locators, each of which begins with its length. */
export function freeLocators(session: Call['session'], locators: Buffer): void {
  let start = 0
  while (start + 2 <= locators.length) {
    const length = locators.readUInt16BE(start) + 2
    session.lobs.free(locatorId(locators.subarray(start, start + length)))
    start += length
  }
}
