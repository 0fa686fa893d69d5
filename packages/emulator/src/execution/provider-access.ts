/** Decides whether an AI provider may be called at all, before any model is asked. */
export interface ProviderAccess {
  /**
   * @param attributes - those of the profile, by lower-case name, with what the call overrides
   * @param caller - who asks, and who owns the profile; upper case unless the name was quoted
   * @throws OracleError ORA-20004 or ORA-20010 for a credential that is not there, ORA-20000 for a host that may not be reached
   */
  check(
    attributes: Readonly<Record<string, unknown>>,
    caller: { readonly user: string; readonly profileOwner: string },
  ): void
}
