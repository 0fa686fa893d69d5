import type { Column } from '../values/column.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { HostAceStore } from './host-ace-store.ts'

/** A view of the data dictionary, as the SQL engine takes it. */
interface HostAceView {
  readonly name: string
  readonly columns: readonly Column[]
  rows(request: { readonly user: string }): readonly (readonly OracleValue[])[]
}

const USER_TYPES: Readonly<Record<string, OracleType>> = {
  HOST: varchar2(1000),
  LOWER_PORT: NUMBER,
  UPPER_PORT: NUMBER,
  PRIVILEGE: varchar2(30),
  STATUS: varchar2(7),
}

const DBA_TYPES: Readonly<Record<string, OracleType>> = {
  HOST: varchar2(1000),
  LOWER_PORT: NUMBER,
  UPPER_PORT: NUMBER,
  ACE_ORDER: NUMBER,
  GRANT_TYPE: varchar2(5),
  INVERTED_PRINCIPAL: varchar2(3),
  PRINCIPAL: varchar2(128),
  PRINCIPAL_TYPE: varchar2(16),
  PRIVILEGE: varchar2(128),
}

/** DBA_HOST_ACES, in which only the administrator finds rows, and USER_HOST_ACES: one row for each privilege. */
export function hostAceViews(aces: HostAceStore, isAdministrator: (user: string) => boolean): readonly HostAceView[] {
  return [
    {
      name: 'USER_HOST_ACES',
      columns: columnsOf(USER_TYPES),
      rows: ({ user }) =>
        aces
          .list()
          .filter(({ principal }) => principal === user)
          .flatMap(({ host, lowerPort, upperPort, privileges }) =>
            privileges.map((privilege) => [host, number(lowerPort), number(upperPort), privilege, 'GRANTED']),
          ),
    },
    {
      name: 'DBA_HOST_ACES',
      columns: columnsOf(DBA_TYPES),
      rows: ({ user }) =>
        !isAdministrator(user)
          ? []
          : aces
              .list()
              .flatMap(({ host, lowerPort, upperPort, principal, privileges }, index) =>
                privileges.map((privilege) => [
                  host,
                  number(lowerPort),
                  number(upperPort),
                  number(index + 1),
                  'GRANT',
                  'NO',
                  principal,
                  'DATABASE',
                  privilege,
                ]),
              ),
    },
  ]
}

function columnsOf(types: Readonly<Record<string, OracleType>>): readonly Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, nullable: true }))
}

function number(value: number | undefined): OracleValue {
  return value === undefined ? null : new OracleNumber(value)
}
