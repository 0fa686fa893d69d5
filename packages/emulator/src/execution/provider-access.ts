/** Who asks, and who owns the profile; upper case unless the name was quoted. */
export interface ProviderCaller {
  readonly user: string
  readonly profileOwner: string
}

/** Decides whether an AI provider may be called at all, before any model is asked. */
export interface ProviderAccess {
  /**
   * @param attributes - those of the profile, by lower-case name, with what the call overrides
   * @throws OracleError ORA-20004 or ORA-20010 for a credential that is not there, ORA-20000 for a host that may not be reached
   */
  check(attributes: Readonly<Record<string, unknown>>, caller: ProviderCaller): void
  /** @throws OracleError ORA-20004 for a credential that is not there, or not for this user */
  checkCredential(reference: string, caller: ProviderCaller): void
}
