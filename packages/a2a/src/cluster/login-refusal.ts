/** Why a worker opens no session, and what the client is told. Only for the first three it may fill the form in again. */
export const loginRefusals = {
  'login-refused': 'The database refused the login. Check user and password, and whether the account is open.',
  'dsn-not-allowed': 'This connect string is not one that may be used here. Ask who runs this agent for the right one.',
  'no-such-team': 'The user has no such agent team. Check its name.',
  'worker-full': 'Too many sessions are open. Send the message again later.',
  'not-opened':
    'The session could not be opened, because something that it needs does not answer as it should. Try again later.',
} as const

/** Why a worker opens no session. */
export type LoginRefusal = keyof typeof loginRefusals

/** Whether a value, as a worker sent it, is a refusal. */
export function isLoginRefusal(value: unknown): value is LoginRefusal {
  return typeof value === 'string' && Object.hasOwn(loginRefusals, value)
}

/** Whether another login may be accepted. */
export function isCorrectable(refusal: LoginRefusal): boolean {
  return refusal === 'login-refused' || refusal === 'dsn-not-allowed' || refusal === 'no-such-team'
}
