/** Stands for all users in grants. */
export const PUBLIC = 'PUBLIC'

/** The names under which something can be granted to a user: its own, those of its roles, and PUBLIC. */
export type NamesInGrants = (user: string) => readonly string[]

/** For users without roles. */
export const withoutRoles: NamesInGrants = (user) => [user, PUBLIC]
