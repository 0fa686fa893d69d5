import { type DictionaryView, describeView } from '../execution/dictionary-view.ts'
import { varchar2 } from '../values/oracle-type.ts'
import type { CredentialStore } from './credential-store.ts'

const TYPES = {
  CREDENTIAL_NAME: varchar2(128),
  USERNAME: varchar2(128),
  WINDOWS_DOMAIN: varchar2(30),
  COMMENTS: varchar2(240),
  ENABLED: varchar2(5),
}

/** USER_CREDENTIALS: what a user has stored, without the secrets. */
export function credentialViews(credentials: CredentialStore): readonly DictionaryView[] {
  return [
    describeView('USER_CREDENTIALS', TYPES, ({ user }) =>
      credentials.list(user).map(({ name, attributes }) => ({
        CREDENTIAL_NAME: name,
        USERNAME: attributes.USERNAME ?? attributes.USER_OCID ?? null,
        COMMENTS: attributes.COMMENTS ?? null,
        ENABLED: 'TRUE',
      })),
    ),
  ]
}
