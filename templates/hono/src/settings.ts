import { existsSync } from 'node:fs'

export interface Settings {
  host: string
  port: number
  /** The profiles that clients may use. The first one answers when a request names none. */
  profiles: [string, ...string[]]
  logLevel: string
  /** Milliseconds between "not ready" and closing the port. */
  shutdownDelayMs: number
  /** Milliseconds that questions in flight get after that. */
  shutdownGraceMs: number
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
const database = ['SELECT_AI_USER', 'SELECT_AI_PASSWORD', 'SELECT_AI_DB_CONNECT_STRING']

/** Reads the environment and, where there is one, the file .env. The pool reads its own variables itself. */
export function readSettings(): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const missing = database.filter((name) => !process.env[name])
  if (missing.length > 0) throw new Error(`Please set ${missing.join(', ')} (see .env.example).`)
  return {
    host: process.env.HOST || '127.0.0.1',
    port: readInteger('PORT', 3000, 65_535),
    profiles: readProfiles(process.env.SELECT_AI_PROFILES || 'OCI_AI_PROFILE'),
    logLevel: readLogLevel(process.env.LOG_LEVEL || 'info'),
    shutdownDelayMs: readInteger('SHUTDOWN_DELAY_MS', 0, 600_000),
    shutdownGraceMs: readInteger('SHUTDOWN_GRACE_MS', 10_000, 600_000),
  }
}

function readInteger(name: string, fallback: number, most: number): number {
  const text = process.env[name] || String(fallback)
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= most) return value
  throw new Error(`${name} must be a whole number from 0 to ${most}.`)
}

function readLogLevel(text: string): string {
  if (logLevels.includes(text)) return text
  throw new Error(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`)
}

function readProfiles(text: string): [string, ...string[]] {
  const [first, ...others] = text.split(',').map((name) => name.trim())
  if (first && others.every((name) => name !== '')) return [first, ...others]
  throw new Error('SELECT_AI_PROFILES must be profile names with commas between them.')
}
