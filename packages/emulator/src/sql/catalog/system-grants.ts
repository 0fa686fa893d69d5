import { PUBLIC } from '../../execution/public-grantee.ts'
import { ADMINISTRATOR } from './package-grants.ts'

const DEVELOPER = [
  'CREATE CLUSTER',
  'CREATE INDEXTYPE',
  'CREATE OPERATOR',
  'CREATE PROCEDURE',
  'CREATE SEQUENCE',
  'CREATE TABLE',
  'CREATE TRIGGER',
  'CREATE TYPE',
]
const MORE = [
  'CREATE JOB',
  'CREATE MATERIALIZED VIEW',
  'CREATE MINING MODEL',
  'CREATE SESSION',
  'CREATE SYNONYM',
  'CREATE VIEW',
]

/** The system privileges of each role. The administrators' roles stand for everything. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  CONNECT: ['CREATE SESSION', 'SET CONTAINER'],
  RESOURCE: DEVELOPER,
  DB_DEVELOPER_ROLE: [...DEVELOPER, ...MORE],
  DWROLE: [...DEVELOPER, ...MORE],
  DBA: [],
  PDB_DBA: [],
  SELECT_CATALOG_ROLE: [],
}
const ADMINISTRATORS_ROLES = ['DBA', 'PDB_DBA']

const PRIVILEGES = new Set([
  ...DEVELOPER,
  ...MORE,
  'ALTER SESSION',
  'ALTER USER',
  'CREATE DATABASE LINK',
  'CREATE USER',
  'DROP USER',
  'SET CONTAINER',
  'UNLIMITED TABLESPACE',
])

/** A system privilege or role of one user. */
export interface SystemGrant {
  readonly grantee: string
  readonly name: string
}

/** Which system privileges, roles and quotas users have. */
export class SystemGrants {
  readonly #granted = new Map<string, Set<string>>()
  /** The roles of CREATE ROLE; what they stand for is granted to them as to users. */
  readonly #roles = new Set<string>()
  /** Bytes that a user's rows may take; how many they take is not counted. */
  readonly #quotas = new Map<string, number>()

  isRole(name: string): boolean {
    return Object.hasOwn(ROLES, name) || this.#roles.has(name)
  }

  /** Whether a role was made by CREATE ROLE. */
  isCreatedRole(name: string): boolean {
    return this.#roles.has(name)
  }

  createRole(name: string): void {
    this.#roles.add(name)
  }

  dropRole(name: string): void {
    this.#roles.delete(name)
    this.#granted.delete(name)
    for (const granted of this.#granted.values()) granted.delete(name)
  }

  roles(): readonly string[] {
    return [...Object.keys(ROLES), ...this.#roles]
  }

  /** All roles of a user or role, also those that other roles bring with them. */
  rolesOf(grantee: string): readonly string[] {
    const found = new Set<string>()
    const add = (name: string): void => {
      for (const role of this.#granted.get(name) ?? []) {
        if (!this.isRole(role) || found.has(role)) continue
        found.add(role)
        add(role)
      }
    }
    add(grantee)
    return [...found]
  }

  /** The names under which something can be granted to a user: its own, those of its roles, and PUBLIC. */
  namesOf(user: string): readonly string[] {
    return [user, ...this.rolesOf(user), PUBLIC, ...this.rolesOf(PUBLIC)]
  }

  isPrivilege(name: string): boolean {
    return PRIVILEGES.has(name)
  }

  grant(user: string, name: string): void {
    const granted = this.#granted.get(user) ?? new Set()
    this.#granted.set(user, granted.add(name))
  }

  revoke(user: string, name: string): void {
    this.#granted.get(user)?.delete(name)
  }

  /** Whether a privilege or role was granted itself, not with a role. */
  includes(user: string, name: string): boolean {
    return this.#granted.get(user)?.has(name) ?? false
  }

  /** Whether a user may do what a privilege stands for, directly or by a role. */
  has(user: string, privilege: string): boolean {
    return this.isAdministrator(user) || this.privilegesOf(user).includes(privilege)
  }

  isAdministrator(user: string): boolean {
    return user === ADMINISTRATOR || this.rolesOf(user).some((role) => ADMINISTRATORS_ROLES.includes(role))
  }

  setQuota(user: string, bytes: number): void {
    this.#quotas.set(user, bytes)
  }

  /** Whether a user's tables may hold rows. */
  hasQuota(user: string): boolean {
    return this.has(user, 'UNLIMITED TABLESPACE') || (this.#quotas.get(user) ?? 0) > 0
  }

  /** All privileges of a user, those of roles included. */
  privilegesOf(user: string): readonly string[] {
    if (this.isAdministrator(user)) return [...PRIVILEGES].sort()
    const names = [user, ...this.rolesOf(user)].flatMap((name) => [...(this.#granted.get(name) ?? [])])
    return [...new Set(names.flatMap((name) => (this.isRole(name) ? (ROLES[name] ?? []) : [name])))].sort()
  }

  forgetUser(user: string): void {
    this.#granted.delete(user)
    this.#quotas.delete(user)
  }

  all(): readonly SystemGrant[] {
    return [...this.#granted].flatMap(([grantee, names]) => [...names].map((name) => ({ grantee, name })))
  }
}
