import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolOptions } from '@select-ai/core'
import { type ConnectionOptions, given, settings } from '../connection/connection-options.ts'
import { missingSentence, readPoolOptions } from '../connection/pool-options.ts'
import { openDialogue } from '../terminal/ask-password.ts'
import { Finding } from './check.ts'

/** Where the value of an option came from, as commander calls it; undefined for one without value. */
export type SourceOf = (option: keyof ConnectionOptions) => string | undefined

const secrets: readonly (keyof ConnectionOptions)[] = ['password', 'walletPassword']
const needed = ['user', 'dsn', 'password'] as const
const noDatabase = 'No database at hand? npx select-ai emulator starts one here, and prints the variables for it.'

/**
 * Reads the settings of the pool.
 * @throws Finding that names each one that is missing, or a file that is not where they say.
 */
export async function readSettings(options: ConnectionOptions): Promise<PoolOptions> {
  const canAsk = openDialogue() !== undefined
  const missing = needed.filter((name) => given(options[name]) === undefined && !(name === 'password' && canAsk))
  if (missing.length > 0) throw new Finding(missing.map(missingSentence).join('\n'), noDatabase)
  const poolOptions = await readPoolOptions(options)
  checkWallet(poolOptions)
  checkNetServiceName(poolOptions)
  return poolOptions
}

/** Each setting with its source, and without the secrets. */
export function describeSettings(options: ConnectionOptions, sourceOf: SourceOf): string {
  const found = settings.filter(({ option }) => given(options[option] as string | undefined) !== undefined)
  const parts = found.map(({ option, flags, variable }) => {
    const [flag] = flags.split(' ')
    const value = secrets.includes(option) ? '' : ` ${options[option]}`
    return `${flag?.slice(2)}${value} (${sourceOf(option) === 'env' ? variable : flag})`
  })
  return [...parts, ...(given(options.password) === undefined ? ['password (typed)'] : [])].join(', ')
}

function checkWallet({ walletLocation }: PoolOptions): void {
  if (walletLocation === undefined || existsSync(join(walletLocation, 'ewallet.pem'))) return
  throw new Finding(
    `There is no ewallet.pem in ${walletLocation}, the folder of the wallet.`,
    'Unpack the wallet that you downloaded for the database, and name its folder in --wallet-location.',
  )
}

/** A connect string without address is a name in tnsnames.ora. */
function checkNetServiceName({ connectString = '', configDir }: PoolOptions): void {
  if (!/^[\w.-]+$/.test(connectString)) return
  const file = configDir === undefined ? undefined : join(configDir, 'tnsnames.ora')
  if (file !== undefined && existsSync(file)) return
  const where = file === undefined ? 'no folder with tnsnames.ora is given' : `there is no ${file}`
  throw new Finding(
    `The connect string ${connectString} is a name in tnsnames.ora, but ${where}.`,
    'Name the folder of that file in --config-dir or TNS_ADMIN, or give an address such as localhost:1521/FREEPDB1.',
  )
}
