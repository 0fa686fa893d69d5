import type { Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { CLOB, varchar2 } from '../values/oracle-type.ts'
import { type CredentialAttributes, type CredentialStore, credentialAttributes } from './credential-store.ts'

const NAME: Parameter = { name: 'CREDENTIAL_NAME', mode: 'in', type: varchar2() }

const COMMENTS: Parameter = { name: 'COMMENTS', mode: 'in', type: varchar2(), default: null }

/** A user name with a password, or with none. */
const PASSWORD_PARAMETERS: readonly Parameter[] = [
  NAME,
  { name: 'USERNAME', mode: 'in', type: varchar2() },
  { name: 'PASSWORD', mode: 'in', type: varchar2(), default: null },
  COMMENTS,
]

/** A key of an Oracle Cloud user. */
const KEY_PARAMETERS: readonly Parameter[] = [
  NAME,
  { name: 'USER_OCID', mode: 'in', type: varchar2() },
  { name: 'TENANCY_OCID', mode: 'in', type: varchar2() },
  { name: 'PRIVATE_KEY', mode: 'in', type: CLOB },
  { name: 'FINGERPRINT', mode: 'in', type: varchar2() },
  COMMENTS,
]

const UPDATE_PARAMETERS: readonly Parameter[] = [
  NAME,
  { name: 'ATTRIBUTE', mode: 'in', type: varchar2() },
  { name: 'VALUE', mode: 'in', type: CLOB },
]

/** CREATE_CREDENTIAL, UPDATE_CREDENTIAL and DROP_CREDENTIAL of DBMS_CLOUD. */
export function credentialSubprograms(credentials: CredentialStore): readonly Subprogram[] {
  return [
    createSubprogram(credentials, PASSWORD_PARAMETERS),
    createSubprogram(credentials, KEY_PARAMETERS),
    {
      name: 'DBMS_CLOUD.UPDATE_CREDENTIAL',
      parameters: UPDATE_PARAMETERS,
      run(values, { user }) {
        credentials.update(
          user,
          textArgument(values.CREDENTIAL_NAME),
          textArgument(values.ATTRIBUTE),
          textArgument(values.VALUE),
        )
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD.DROP_CREDENTIAL',
      parameters: [NAME],
      run(values, { user }) {
        credentials.drop(user, textArgument(values.CREDENTIAL_NAME))
        return {}
      },
    },
  ]
}

function createSubprogram(credentials: CredentialStore, parameters: readonly Parameter[]): Subprogram {
  return {
    name: 'DBMS_CLOUD.CREATE_CREDENTIAL',
    parameters,
    run(values, { user }) {
      const attributes: CredentialAttributes = Object.fromEntries(
        credentialAttributes.filter((name) => name in values).map((name) => [name, textArgument(values[name])]),
      )
      credentials.create(user, textArgument(values.CREDENTIAL_NAME), attributes)
      return {}
    },
  }
}
