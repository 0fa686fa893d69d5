import type { CallContext, Subprogram } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { input, inputOutput, integerOf, numeric, output, textOf } from './parameters.ts'

interface OutputBuffer {
  enabled: boolean
  /** The most bytes of all lines. */
  limit: number
  bytes: number
  /** Finished lines that were not read yet. */
  lines: string[]
  /** What PUT has written of the line that is not finished. */
  unfinished: string
  /** True once lines were read: what remains is thrown away by the next PUT. */
  wasRead: boolean
}

const STATE = 'DBMS_OUTPUT'
const LINE_LIMIT = 32_767
const DEFAULT_LIMIT = 20_000
const SMALLEST_LIMIT = 2000
/** What "unlimited" means for lines that the process holds in memory. */
const LARGEST_LIMIT = 64 * 1024 * 1024
const MOST_LINES = 1_000_000
const LINE: OracleType = varchar2(LINE_LIMIT)

function bufferOf(context: CallContext): OutputBuffer {
  const known = context.packageState.get(STATE) as OutputBuffer | undefined
  if (known !== undefined) return known
  const buffer: OutputBuffer = {
    enabled: false,
    limit: DEFAULT_LIMIT,
    bytes: 0,
    lines: [],
    unfinished: '',
    wasRead: false,
  }
  context.packageState.set(STATE, buffer)
  return buffer
}

/** DBMS_OUTPUT: lines that a block writes and its client reads afterwards. */
export const dbmsOutput: readonly Subprogram[] = [
  {
    name: 'DBMS_OUTPUT.ENABLE',
    parameters: [input('BUFFER_SIZE', NUMBER, numeric(DEFAULT_LIMIT))],
    run: (values, context) => {
      const buffer = bufferOf(context)
      const limit = integerOf(values.BUFFER_SIZE)
      buffer.enabled = true
      buffer.limit = Math.min(Math.max(limit ?? LARGEST_LIMIT, SMALLEST_LIMIT), LARGEST_LIMIT)
      return {}
    },
  },
  {
    name: 'DBMS_OUTPUT.DISABLE',
    parameters: [],
    run: (_values, context) => {
      const buffer = bufferOf(context)
      buffer.enabled = false
      clear(buffer)
      return {}
    },
  },
  {
    name: 'DBMS_OUTPUT.PUT',
    parameters: [input('A', LINE)],
    run: (values, context) => {
      put(bufferOf(context), textOf(values.A) ?? '')
      return {}
    },
  },
  {
    name: 'DBMS_OUTPUT.PUT_LINE',
    parameters: [input('A', LINE)],
    run: (values, context) => {
      const buffer = bufferOf(context)
      put(buffer, textOf(values.A) ?? '')
      finishLine(buffer)
      return {}
    },
  },
  {
    name: 'DBMS_OUTPUT.NEW_LINE',
    parameters: [],
    run: (_values, context) => {
      const buffer = bufferOf(context)
      put(buffer, '')
      finishLine(buffer)
      return {}
    },
  },
  {
    name: 'DBMS_OUTPUT.GET_LINE',
    parameters: [output('LINE', LINE), output('STATUS', NUMBER)],
    run: (_values, context) => {
      const [line] = takeLines(bufferOf(context), 1)
      return {
        out: { LINE: line === undefined || line === '' ? null : line, STATUS: numeric(line === undefined ? 1 : 0) },
      }
    },
  },
  {
    name: 'DBMS_OUTPUT.GET_LINES',
    parameters: [{ ...output('LINES', LINE), isTable: true }, inputOutput('NUMLINES', NUMBER)],
    run: (values, context) => {
      const lines = takeLines(bufferOf(context), integerOf(values.NUMLINES) ?? 0)
      return {
        out: { NUMLINES: numeric(lines.length) },
        outTables: { LINES: lines.map((line) => (line === '' ? null : line)) },
      }
    },
  },
]

function put(buffer: OutputBuffer, text: string): void {
  if (!buffer.enabled) return
  if (buffer.wasRead) clear(buffer)
  const size = Buffer.byteLength(text)
  if (Buffer.byteLength(buffer.unfinished) + size > LINE_LIMIT) {
    throw new OracleError(20000, `ORU-10028: line length overflow, limit of ${LINE_LIMIT} bytes per line`)
  }
  if (buffer.bytes + size > buffer.limit) {
    throw new OracleError(20000, `ORU-10027: buffer overflow, limit of ${buffer.limit} bytes`)
  }
  buffer.bytes += size
  buffer.unfinished += text
}

function finishLine(buffer: OutputBuffer): void {
  if (!buffer.enabled) return
  if (buffer.lines.length >= MOST_LINES) {
    throw new OracleError(20000, `ORU-10027: buffer overflow, limit of ${MOST_LINES} lines`)
  }
  buffer.lines.push(buffer.unfinished)
  buffer.unfinished = ''
}

function clear(buffer: OutputBuffer): void {
  buffer.lines = []
  buffer.unfinished = ''
  buffer.bytes = 0
  buffer.wasRead = false
}

function takeLines(buffer: OutputBuffer, count: number): string[] {
  if (!buffer.enabled) return []
  buffer.wasRead = true
  const taken = buffer.lines.splice(0, Math.max(0, count))
  for (const line of taken) buffer.bytes -= Buffer.byteLength(line)
  return taken
}
