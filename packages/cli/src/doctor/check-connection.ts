import { ConnectError, LoginError, type PoolOptions, type SelectAIPool } from '@select-ai/core'
import { openPool } from '../connection/with-pool.ts'
import { driverCodeOf, Finding } from './check.ts'

const connectAdvice: Readonly<Record<string, string>> = {
  'NJS-503': 'Nothing answers at that host and port. Is the database or the emulator running, and is the port right?',
  'NJS-504': 'The web proxy does not let the connection through. Check its host and port in the connect string.',
  'NJS-505': 'The wallet cannot be read. Check --wallet-password, and that ewallet.pem is whole.',
  'NJS-506': 'TLS failed. A database that wants mutual TLS needs --wallet-location; check that the wallet is current.',
  'NJS-508': 'The certificate names another host. Use the host name that the wallet or the console shows.',
  'NJS-510': 'Nothing answered in time. Is a firewall or an access control list of the database in the way?',
  'NJS-515': 'The connect string has a mistake. It looks like host:port/service, for example localhost:1521/FREEPDB1.',
  'NJS-517': 'That name is not in tnsnames.ora. Open the file and take one of the names in it.',
  'NJS-518': 'The listener does not know the service. Check the part of the connect string behind the slash.',
  'NJS-530': 'The name of the host cannot be resolved. Check how it is written, and whether a VPN is needed.',
  'ORA-12514': 'The listener does not know the service. Check the part of the connect string behind the slash.',
}

const loginAdvice: Readonly<Record<string, string>> = {
  'ORA-01017': 'User or password is wrong. Upper and lower case count in the password.',
  'ORA-01045': 'An administrator has to grant it: GRANT CREATE SESSION TO the user.',
  'ORA-28000': 'The account is locked. An administrator can open it: ALTER USER the user ACCOUNT UNLOCK.',
  'ORA-28001': 'The password has expired. Log on with SQL*Plus or SQLcl to set another one.',
}

/** One attempt to get in, which tells of the way to the database and of the login. */
export interface Attempt {
  readonly pool?: SelectAIPool
  /** Why the login was refused by a database that could be reached. */
  readonly refusal?: Finding
}

/** @throws Finding when the database cannot be reached. */
export async function tryToConnect(options: PoolOptions, signal: AbortSignal): Promise<Attempt> {
  try {
    return { pool: await openPool(options, signal) }
  } catch (error) {
    if (LoginError.isInstance(error)) return { refusal: findingOf(error, loginAdvice) }
    throw ConnectError.isInstance(error) ? findingOf(error, connectAdvice) : error
  }
}

function findingOf(error: ConnectError | LoginError, advice: Readonly<Record<string, string>>): Finding {
  const code = driverCodeOf(error.cause)
  const [sentence, ...rest] = error.message.split(/(?<=\.) /)
  const detail = code === undefined ? `${sentence}` : `${sentence} (${code})`
  return new Finding(detail, (code && advice[code]) ?? rest.join(' '), { cause: error.cause })
}
