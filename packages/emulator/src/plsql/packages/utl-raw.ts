import type { Subprogram } from '../../execution/subprogram.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { valueError } from '../plsql-exception.ts'
import { MAXIMUM_LENGTH } from '../plsql-type.ts'
import { input, integerOf, numeric, textOf } from './parameters.ts'

const TEXT = varchar2(MAXIMUM_LENGTH)
const RAW: OracleType = { name: 'RAW', length: MAXIMUM_LENGTH }
const CONCATENATED = Array.from({ length: 12 }, (_item, index) => `R${index + 1}`)

/** UTL_RAW: texts as bytes and back, in UTF-8. */
export const utlRaw: readonly Subprogram[] = [
  {
    name: 'UTL_RAW.CAST_TO_RAW',
    parameters: [input('C', TEXT)],
    returns: RAW,
    run: (values) => {
      const text = textOf(values.C)
      return { value: text === null ? null : Uint8Array.from(Buffer.from(text)) }
    },
  },
  {
    name: 'UTL_RAW.CAST_TO_VARCHAR2',
    parameters: [input('R', RAW)],
    returns: TEXT,
    run: (values) => {
      const bytes = bytesOf(values.R)
      return { value: bytes === null ? null : Buffer.from(bytes).toString() }
    },
  },
  {
    name: 'UTL_RAW.LENGTH',
    parameters: [input('R', RAW)],
    returns: NUMBER,
    run: (values) => {
      const bytes = bytesOf(values.R)
      return { value: bytes === null ? null : numeric(bytes.length) }
    },
  },
  {
    name: 'UTL_RAW.SUBSTR',
    parameters: [input('R', RAW), input('POS', NUMBER), input('LEN', NUMBER, null)],
    returns: RAW,
    run: (values) => {
      const bytes = bytesOf(values.R)
      const position = integerOf(values.POS)
      if (bytes === null || position === null) return { value: null }
      const start = position < 0 ? bytes.length + position : Math.max(position, 1) - 1
      const length = integerOf(values.LEN) ?? bytes.length - start
      if (start < 0 || length < 1 || start + length > bytes.length) throw valueError()
      return { value: bytes.slice(start, start + length) }
    },
  },
  {
    name: 'UTL_RAW.CONCAT',
    parameters: CONCATENATED.map((name) => input(name, RAW, null)),
    returns: RAW,
    run: (values) => {
      const parts = CONCATENATED.map((name) => bytesOf(values[name])).filter((bytes) => bytes !== null)
      return { value: parts.length === 0 ? null : Uint8Array.from(Buffer.concat(parts)) }
    },
  },
]

function bytesOf(value: OracleValue | undefined): Uint8Array | null {
  return value instanceof Uint8Array ? value : null
}
