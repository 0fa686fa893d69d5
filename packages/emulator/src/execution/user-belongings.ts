/** What is kept for users outside the catalog, such as profiles and credentials. */
export interface UserBelongings {
  /** Whether a user owns some of it that only DROP USER ... CASCADE may take away. */
  owns?(user: string): boolean
  /** Takes away what belongs to a user who is dropped, and what others let the user do. */
  forgetUser(user: string): void
}
