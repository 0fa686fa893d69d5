import type { Column } from '../values/column.ts'
import { type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { CredentialStore } from './credential-store.ts'

const TYPES: Readonly<Record<string, OracleType>> = {
  CREDENTIAL_NAME: varchar2(128),
  USERNAME: varchar2(128),
  WINDOWS_DOMAIN: varchar2(30),
  COMMENTS: varchar2(240),
  ENABLED: varchar2(5),
}

const COLUMNS: readonly Column[] = Object.entries(TYPES).map(([name, type]) => ({ name, type, nullable: true }))

/** A view of the data dictionary, as the SQL engine takes it. */
interface CredentialView {
  readonly name: string
  readonly columns: readonly Column[]
  rows(request: { readonly user: string }): readonly (readonly OracleValue[])[]
}

/** USER_CREDENTIALS: what a user has stored, without the secrets. */
export function credentialViews(credentials: CredentialStore): readonly CredentialView[] {
  return [
    {
      name: 'USER_CREDENTIALS',
      columns: COLUMNS,
      rows: ({ user }) =>
        credentials
          .list(user)
          .map(({ name, attributes }) => [
            name,
            attributes.USERNAME ?? attributes.USER_OCID ?? null,
            null,
            attributes.COMMENTS ?? null,
            'TRUE',
          ]),
    },
  ]
}
