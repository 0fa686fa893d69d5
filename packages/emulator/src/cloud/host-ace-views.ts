import { type DictionaryView, describeView, type ViewRow } from '../execution/dictionary-view.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { NUMBER, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { HostAceStore } from './host-ace-store.ts'

const ADDRESS = { HOST: varchar2(1000), LOWER_PORT: NUMBER, UPPER_PORT: NUMBER }
const USER_TYPES = { ...ADDRESS, PRIVILEGE: varchar2(30), STATUS: varchar2(7) }
const DBA_TYPES = {
  ...ADDRESS,
  ACE_ORDER: NUMBER,
  GRANT_TYPE: varchar2(5),
  INVERTED_PRINCIPAL: varchar2(3),
  PRINCIPAL: varchar2(128),
  PRINCIPAL_TYPE: varchar2(16),
  PRIVILEGE: varchar2(128),
}

/** DBA_HOST_ACES and USER_HOST_ACES: one row for each privilege. */
export function hostAceViews(aces: HostAceStore): readonly DictionaryView[] {
  return [
    describeView('USER_HOST_ACES', USER_TYPES, ({ user }) =>
      rowsOf(aces).filter(({ PRINCIPAL }) => PRINCIPAL === user),
    ),
    describeView('DBA_HOST_ACES', DBA_TYPES, () => rowsOf(aces)),
  ]
}

function rowsOf(aces: HostAceStore): readonly ViewRow[] {
  return aces.list().flatMap(({ host, lowerPort, upperPort, principal, privileges }, index) =>
    privileges.map((privilege) => ({
      HOST: host,
      LOWER_PORT: number(lowerPort),
      UPPER_PORT: number(upperPort),
      ACE_ORDER: number(index + 1),
      GRANT_TYPE: 'GRANT',
      INVERTED_PRINCIPAL: 'NO',
      PRINCIPAL: principal,
      PRINCIPAL_TYPE: 'DATABASE',
      PRIVILEGE: privilege,
      STATUS: 'GRANTED',
    })),
  )
}

function number(value: number | undefined): OracleValue {
  return value === undefined ? null : new OracleNumber(value)
}
