import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Driver } from './driver-contract.ts'

const used = [
  'createPool',
  'BIND_IN',
  'BIND_OUT',
  'DB_TYPE_VARCHAR',
  'DB_TYPE_NUMBER',
  'DB_TYPE_CLOB',
  'DB_TYPE_BOOLEAN',
  'OUT_FORMAT_OBJECT',
]

/**
 * The given `oracledb` module, or the installed one.
 * @throws ConfigurationError when there is none or when it is something else.
 */
export async function loadDriver(given: object | undefined): Promise<Driver> {
  const loaded = given ?? (await importDriver())
  const driver = 'createPool' in loaded || !('default' in loaded) ? loaded : (loaded.default as object)
  const missing = used.find((member) => !(member in driver))
  if (missing === undefined) return driver as Driver
  throw new ConfigurationError({
    setting: 'driver',
    message: `The driver has no '${missing}'. Pass the module 'oracledb' (7.0.1 or later), or leave the option out.`,
  })
}

async function importDriver(): Promise<object> {
  try {
    return await import('oracledb')
  } catch (cause) {
    throw new ConfigurationError({
      setting: 'driver',
      message: "The package 'oracledb' could not be loaded. Install it beside @select-ai/core: npm install oracledb.",
      cause,
    })
  }
}
