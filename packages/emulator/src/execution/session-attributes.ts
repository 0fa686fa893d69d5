/** What a session tells about itself: written by the client and by packages, read by SYS_CONTEXT('USERENV', ...). */
export interface SessionAttributes {
  clientIdentifier: string | null
  module: string | null
  action: string | null
  clientInfo: string | null
}

const STATE = 'SESSION_ATTRIBUTES'

/** The attributes of the session whose package state this is. */
export function sessionAttributesOf(packageState: Map<string, unknown>): SessionAttributes {
  const known = packageState.get(STATE) as SessionAttributes | undefined
  if (known !== undefined) return known
  const attributes: SessionAttributes = { clientIdentifier: null, module: null, action: null, clientInfo: null }
  packageState.set(STATE, attributes)
  return attributes
}

const SESSION_ID = 'SESSION_ID'

/** Notes the SID of the session whose package state this is. */
export function noteSessionId(packageState: Map<string, unknown>, id: number): void {
  packageState.set(SESSION_ID, id)
}

/** The SID of the session whose package state this is; null where there is no session. */
export function sessionIdOf(packageState: Map<string, unknown>): number | null {
  return (packageState.get(SESSION_ID) as number | undefined) ?? null
}

/** The SERIAL# of every session: no SID is used twice. */
export const SESSION_SERIAL = 1

const USERENV: Readonly<Record<string, keyof SessionAttributes>> = {
  CLIENT_IDENTIFIER: 'clientIdentifier',
  MODULE: 'module',
  ACTION: 'action',
  CLIENT_INFO: 'clientInfo',
}

/** SYS_CONTEXT('USERENV', name) as far as it is set here; undefined for parameters that are kept elsewhere. */
export function sessionContextValue(packageState: Map<string, unknown>, name: string): string | null | undefined {
  const key = Object.hasOwn(USERENV, name) ? USERENV[name] : undefined
  return key === undefined ? undefined : sessionAttributesOf(packageState)[key]
}
