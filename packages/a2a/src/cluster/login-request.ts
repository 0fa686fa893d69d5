import { isFields } from '../check-request.ts'
import type { Login } from './login-form.ts'

/** What a gateway sends to a worker to have a session opened. */
export interface LoginRequest {
  readonly owner: string
  readonly login: Login
}

const names = ['dsn', 'user', 'password', 'team'] as const satisfies readonly (keyof Login)[]

/** Whether a body is one. */
export function isLoginRequest(json: unknown): json is LoginRequest {
  if (!isFields(json) || typeof json.owner !== 'string' || json.owner === '') return false
  const { login } = json
  return isFields(login) && names.every((name) => typeof login[name] === 'string' && login[name] !== '')
}
