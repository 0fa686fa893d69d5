import { foldName } from '../execution/fold-name.ts'
import type { Parameter, Subprogram, SubprogramRegistry } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { OracleError } from '../oracle-error.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { BOOLEAN, CLOB, NUMBER, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { HostAce, HostAceStore } from './host-ace-store.ts'

const LONGEST_NAME_LIST = 20

/** Principals of an ACE that are users or roles of the database. */
const PTYPE_DB = 2

/**
 * Registers DBMS_NETWORK_ACL_ADMIN and the object types that its calls are written with. An object travels as JSON text here, which
 * nobody sees.
 */
export function registerNetworkAcl(
  registry: SubprogramRegistry,
  { aces, granteeExists }: { readonly aces: HostAceStore; readonly granteeExists: (name: string) => boolean },
): void {
  registry.registerConstant('XS_ACL.PTYPE_XS', { type: NUMBER, value: new OracleNumber(1) })
  registry.registerConstant('XS_ACL.PTYPE_DB', { type: NUMBER, value: new OracleNumber(PTYPE_DB) })
  registry.register(
    nameList,
    aceType,
    aceSubprogram('APPEND_HOST_ACE', [], granteeExists, (ace) => aces.append(ace)),
    aceSubprogram('REMOVE_HOST_ACE', [REMOVE_EMPTY], granteeExists, (ace) => aces.remove(ace)),
  )
}

const NAMES: readonly Parameter[] = Array.from({ length: LONGEST_NAME_LIST }, (_, index) => ({
  name: `NAME_${index + 1}`,
  mode: 'in',
  type: varchar2(),
  default: null,
}))

/** XS$NAME_LIST: names, one after the other. */
const nameList: Subprogram = {
  name: 'XS$NAME_LIST',
  parameters: NAMES,
  returns: CLOB,
  run: (values) => ({
    value: JSON.stringify(NAMES.map(({ name }) => textArgument(values[name])).filter((name) => name !== '')),
  }),
}

/** XS$ACE_TYPE: who may do what. */
const aceType: Subprogram = {
  name: 'XS$ACE_TYPE',
  parameters: [
    { name: 'PRIVILEGE_LIST', mode: 'in', type: CLOB },
    { name: 'GRANTED', mode: 'in', type: BOOLEAN, default: true },
    { name: 'INVERTED', mode: 'in', type: BOOLEAN, default: false },
    { name: 'PRINCIPAL_NAME', mode: 'in', type: varchar2() },
    { name: 'PRINCIPAL_TYPE', mode: 'in', type: NUMBER, default: new OracleNumber(1) },
  ],
  returns: CLOB,
  run: (values) => ({
    value: JSON.stringify({
      privileges: JSON.parse(textArgument(values.PRIVILEGE_LIST)),
      principal: textArgument(values.PRINCIPAL_NAME),
      type: numberOf(values.PRINCIPAL_TYPE),
    }),
  }),
}

const REMOVE_EMPTY: Parameter = { name: 'REMOVE_EMPTY_ACL', mode: 'in', type: BOOLEAN, default: false }

function aceSubprogram(
  name: string,
  more: readonly Parameter[],
  granteeExists: (name: string) => boolean,
  change: (ace: HostAce) => void,
): Subprogram {
  return {
    name: `DBMS_NETWORK_ACL_ADMIN.${name}`,
    parameters: [
      { name: 'HOST', mode: 'in', type: varchar2() },
      { name: 'LOWER_PORT', mode: 'in', type: NUMBER, default: null },
      { name: 'UPPER_PORT', mode: 'in', type: NUMBER, default: null },
      { name: 'ACE', mode: 'in', type: CLOB },
      ...more,
    ],
    run(values) {
      const host = textArgument(values.HOST).trim().toLowerCase()
      if (host === '') throw new OracleError(29261, 'bad argument')
      const { privileges, principal, type } = JSON.parse(textArgument(values.ACE))
      const user = foldName(principal)
      if (type !== PTYPE_DB || !granteeExists(user)) {
        throw new OracleError(46238, `Database user or role '${principal}' does not exist`)
      }
      change({
        host,
        lowerPort: numberOf(values.LOWER_PORT),
        upperPort: numberOf(values.UPPER_PORT),
        principal: user,
        privileges: privileges.map((privilege: string) => privilege.toUpperCase()),
      })
      return {}
    },
  }
}

function numberOf(value: OracleValue | undefined): number | undefined {
  return OracleNumber.isDecimal(value) ? value.toNumber() : undefined
}
