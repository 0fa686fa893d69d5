import { sessionAttributesOf } from '../../execution/session-attributes.ts'
import type { Subprogram } from '../../execution/subprogram.ts'
import { type OracleType, varchar2 } from '../../values/oracle-type.ts'
import { input, output, textOf } from './parameters.ts'

const TEXT: OracleType = varchar2(64)
const LONGEST = { module: 64, action: 64, clientInfo: 64 }

/** DBMS_APPLICATION_INFO: what the session is doing, for whoever watches it. Longer texts are cut. */
export const dbmsApplicationInfo: readonly Subprogram[] = [
  {
    name: 'DBMS_APPLICATION_INFO.SET_MODULE',
    parameters: [input('MODULE_NAME', TEXT), input('ACTION_NAME', TEXT)],
    run: (values, { packageState }) => {
      const attributes = sessionAttributesOf(packageState)
      attributes.module = cut(textOf(values.MODULE_NAME), LONGEST.module)
      attributes.action = cut(textOf(values.ACTION_NAME), LONGEST.action)
      return {}
    },
  },
  {
    name: 'DBMS_APPLICATION_INFO.SET_ACTION',
    parameters: [input('ACTION_NAME', TEXT)],
    run: (values, { packageState }) => {
      sessionAttributesOf(packageState).action = cut(textOf(values.ACTION_NAME), LONGEST.action)
      return {}
    },
  },
  {
    name: 'DBMS_APPLICATION_INFO.SET_CLIENT_INFO',
    parameters: [input('CLIENT_INFO', TEXT)],
    run: (values, { packageState }) => {
      sessionAttributesOf(packageState).clientInfo = cut(textOf(values.CLIENT_INFO), LONGEST.clientInfo)
      return {}
    },
  },
  {
    name: 'DBMS_APPLICATION_INFO.READ_MODULE',
    parameters: [output('MODULE_NAME', TEXT), output('ACTION_NAME', TEXT)],
    run: (_values, { packageState }) => {
      const { module, action } = sessionAttributesOf(packageState)
      return { out: { MODULE_NAME: module, ACTION_NAME: action } }
    },
  },
  {
    name: 'DBMS_APPLICATION_INFO.READ_CLIENT_INFO',
    parameters: [output('CLIENT_INFO', TEXT)],
    run: (_values, { packageState }) => ({ out: { CLIENT_INFO: sessionAttributesOf(packageState).clientInfo } }),
  },
]

function cut(text: string | null, bytes: number): string | null {
  if (text === null || Buffer.byteLength(text) <= bytes) return text
  let kept = text
  while (Buffer.byteLength(kept) > bytes) kept = kept.slice(0, -1)
  return kept
}
