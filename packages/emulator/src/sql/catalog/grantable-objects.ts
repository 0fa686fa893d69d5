/** Objects that are kept outside the catalog and on which EXECUTE can be granted, such as credentials. */
export interface GrantableObjects {
  has(owner: string, name: string): boolean
  isGranted(owner: string, name: string, grantee: string): boolean
  grant(owner: string, name: string, grantee: string): void
  revoke(owner: string, name: string, grantee: string): void
}
