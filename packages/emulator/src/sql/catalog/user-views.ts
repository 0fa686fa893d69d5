import { describeView, type ViewRow } from '../../execution/dictionary-view.ts'
import { OracleDateTime } from '../../values/oracle-date-time.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { DATE, NUMBER, varchar2 } from '../../values/oracle-type.ts'
import type { Catalog, CatalogUser } from './catalog.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'
import type { ObjectGrant } from './object-grants.ts'
import type { SystemGrant } from './system-grants.ts'

const NAME = varchar2(128)
const PRIVILEGE = varchar2(40)
const FLAG = varchar2(3)
const USER_TYPES = {
  USERNAME: NAME,
  USER_ID: NUMBER,
  ACCOUNT_STATUS: varchar2(32),
  DEFAULT_TABLESPACE: varchar2(30),
  CREATED: DATE,
}
const OBJECT_GRANT_TYPES = {
  GRANTEE: NAME,
  OWNER: NAME,
  TABLE_NAME: NAME,
  GRANTOR: NAME,
  PRIVILEGE,
  GRANTABLE: FLAG,
  HIERARCHY: FLAG,
  TYPE: varchar2(24),
}

function userRow({ name, id, created, locked }: CatalogUser): ViewRow {
  const { year, month, day, hour, minute, second } = OracleDateTime.fromUtc(created)
  return {
    USERNAME: name,
    USER_ID: new OracleNumber(id),
    ACCOUNT_STATUS: locked ? 'LOCKED' : 'OPEN',
    DEFAULT_TABLESPACE: 'USERS',
    CREATED: new OracleDateTime(year, month, day, hour, minute, second),
  }
}

/** The rows of a view that only administrators may look into. */
function forAdministrators(
  rows: (catalog: Catalog) => readonly ViewRow[],
): (request: DictionaryRequest) => readonly ViewRow[] {
  return ({ catalog, user }) => (catalog.systemGrants.isAdministrator(user) ? rows(catalog) : [])
}

function privilegeRows(grants: readonly SystemGrant[], { systemGrants }: Catalog): readonly ViewRow[] {
  return grants
    .filter(({ name }) => systemGrants.isPrivilege(name))
    .map(({ grantee, name }) => ({ GRANTEE: grantee, USERNAME: grantee, PRIVILEGE: name, ADMIN_OPTION: 'NO' }))
}

function roleRows(grants: readonly SystemGrant[], { systemGrants }: Catalog): readonly ViewRow[] {
  return grants
    .filter(({ name }) => systemGrants.isRole(name))
    .map(({ grantee, name }) => ({
      GRANTEE: grantee,
      USERNAME: grantee,
      GRANTED_ROLE: name,
      ADMIN_OPTION: 'NO',
      DELEGATE_OPTION: 'NO',
      DEFAULT_ROLE: 'YES',
    }))
}

function ownGrants({ catalog, user }: DictionaryRequest): readonly SystemGrant[] {
  return catalog.systemGrants.all().filter(({ grantee }) => grantee === user)
}

function objectGrantRow({ owner, name, grantee, privilege }: ObjectGrant, catalog: Catalog): ViewRow {
  const kind = catalog.find(owner, name)?.kind.toUpperCase() ?? catalog.findUnit(owner, name)?.kind ?? null
  return {
    GRANTEE: grantee,
    OWNER: owner,
    TABLE_NAME: name,
    GRANTOR: owner,
    PRIVILEGE: privilege,
    GRANTABLE: 'NO',
    HIERARCHY: 'NO',
    TYPE: kind,
  }
}

function objectGrantRows({ catalog, user }: DictionaryRequest): readonly ViewRow[] {
  return catalog.objectGrants
    .all()
    .filter(({ owner, grantee }) => owner === user || catalog.systemGrants.namesOf(user).includes(grantee))
    .map((grant) => objectGrantRow(grant, catalog))
}

const OWN_PRIVILEGE_TYPES = { USERNAME: NAME, PRIVILEGE, ADMIN_OPTION: FLAG }
const ROLE_TYPES = { GRANTED_ROLE: NAME, ADMIN_OPTION: FLAG, DELEGATE_OPTION: FLAG, DEFAULT_ROLE: FLAG }

/** What the data dictionary tells of users and of what they may do. */
export const userViews: readonly DictionaryView[] = [
  describeView('ALL_USERS', { USERNAME: NAME, USER_ID: NUMBER, CREATED: DATE }, ({ catalog }) =>
    catalog.users().map(userRow),
  ),
  describeView('USER_USERS', USER_TYPES, ({ catalog, user }) =>
    catalog
      .users()
      .filter((known) => known.name === user)
      .map(userRow),
  ),
  describeView(
    'DBA_USERS',
    USER_TYPES,
    forAdministrators((catalog) => catalog.users().map(userRow)),
  ),
  describeView('USER_SYS_PRIVS', OWN_PRIVILEGE_TYPES, (request) => privilegeRows(ownGrants(request), request.catalog)),
  describeView(
    'DBA_SYS_PRIVS',
    { GRANTEE: NAME, PRIVILEGE, ADMIN_OPTION: FLAG },
    forAdministrators((catalog) => privilegeRows(catalog.systemGrants.all(), catalog)),
  ),
  describeView('USER_ROLE_PRIVS', { USERNAME: NAME, ...ROLE_TYPES }, (request) =>
    roleRows(ownGrants(request), request.catalog),
  ),
  describeView(
    'DBA_ROLE_PRIVS',
    { GRANTEE: NAME, ...ROLE_TYPES },
    forAdministrators((catalog) => roleRows(catalog.systemGrants.all(), catalog)),
  ),
  describeView(
    'DBA_ROLES',
    { ROLE: NAME, PASSWORD_REQUIRED: varchar2(8), AUTHENTICATION_TYPE: varchar2(11), ORACLE_MAINTAINED: varchar2(1) },
    forAdministrators(({ systemGrants }) =>
      systemGrants.roles().map((role) => ({
        ROLE: role,
        PASSWORD_REQUIRED: 'NO',
        AUTHENTICATION_TYPE: 'NONE',
        ORACLE_MAINTAINED: systemGrants.isCreatedRole(role) ? 'N' : 'Y',
      })),
    ),
  ),
  describeView('SESSION_ROLES', { ROLE: NAME }, ({ catalog, user }) =>
    catalog.systemGrants.rolesOf(user).map((role) => ({ ROLE: role })),
  ),
  describeView('SESSION_PRIVS', { PRIVILEGE }, ({ catalog, user }) =>
    catalog.systemGrants.privilegesOf(user).map((privilege) => ({ PRIVILEGE: privilege })),
  ),
  describeView('USER_TAB_PRIVS', OBJECT_GRANT_TYPES, objectGrantRows),
  describeView(
    'ALL_TAB_PRIVS',
    {
      GRANTOR: NAME,
      GRANTEE: NAME,
      TABLE_SCHEMA: NAME,
      TABLE_NAME: NAME,
      PRIVILEGE,
      GRANTABLE: FLAG,
      TYPE: varchar2(24),
    },
    (request) => objectGrantRows(request).map((row) => ({ ...row, TABLE_SCHEMA: row.OWNER ?? null })),
  ),
]
