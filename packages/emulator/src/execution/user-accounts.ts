/** Who may log on with which password. It is kept where clients are let in; CREATE USER and its like change it. */
export interface UserAccounts {
  /** Lets a user in with a password, in place of the one before. */
  setPassword(user: string, password: string): void
  /** Nobody is let in under the name any more. */
  remove(user: string): void
}
