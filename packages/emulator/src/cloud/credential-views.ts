import { type DictionaryView, describeOwned, describeView, type ViewRow } from '../execution/dictionary-view.ts'
import { varchar2 } from '../values/oracle-type.ts'
import type { Credential, CredentialStore } from './credential-store.ts'

const TYPES = {
  CREDENTIAL_NAME: varchar2(128),
  USERNAME: varchar2(128),
  WINDOWS_DOMAIN: varchar2(30),
  COMMENTS: varchar2(240),
  ENABLED: varchar2(5),
}

/** CREDENTIALS, without the secrets: USER_ for what the user stored, ALL_ also for what the user may use, and DBA_ for all. */
export function credentialViews(credentials: CredentialStore): readonly DictionaryView[] {
  const rows = () => credentials.all().map(credentialRow)
  return [
    ...describeOwned('CREDENTIALS', TYPES, rows),
    describeView('ALL_CREDENTIALS', { OWNER: varchar2(128), ...TYPES }, ({ user }) =>
      credentials
        .all()
        .flatMap((each) => (credentials.mayUse(user, each.owner, each.name) ? [credentialRow(each)] : [])),
    ),
  ]
}

function credentialRow({ owner, name, attributes }: Credential & { readonly owner: string }): ViewRow {
  return {
    OWNER: owner,
    CREDENTIAL_NAME: name,
    USERNAME: attributes.USERNAME ?? attributes.USER_OCID ?? null,
    COMMENTS: attributes.COMMENTS ?? null,
    ENABLED: 'TRUE',
  }
}
