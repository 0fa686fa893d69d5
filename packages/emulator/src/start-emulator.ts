import { Database } from './database/database.ts'
import type { Emulator, EmulatorOptions } from './emulator.ts'
import { createOfflineModel } from './models/offline/offline-model.ts'
import { checkOptions, startServer, usersOf } from './start-server.ts'

/**
 * Starts a local database for development and tests that any thin Oracle driver connects to, with Select AI built in.
 * It keeps everything in memory, listens on the loopback address unless told otherwise, and is no place for real data.
 *
 * @param options - All have defaults: a free port, service `FREEPDB1`, user `DEMO` with the password `demo`, and the
 *   offline model, which answers questions about the demo schema without any network.
 * @throws TypeError or RangeError, naming the option, when an option makes no sense.
 * @throws the operating system's error, for example with the code `EADDRINUSE`, when it cannot listen.
 *
 * @example
 * ```ts
 * import oracledb from 'oracledb'
 * import { startEmulator } from '@select-ai/emulator'
 *
 * await using emulator = await startEmulator()
 * const connection = await oracledb.getConnection({
 *   user: 'demo',
 *   password: 'demo',
 *   connectString: emulator.connectString,
 * })
 * const { rows } = await connection.execute('select count(*) from sh.promotions')
 * await connection.close()
 * console.log(rows, emulator.ledger.snapshot())
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options)
  const users = usersOf(options).map(({ user }) => user)
  const { model = createOfflineModel(), documentsDirectory } = options
  const database = await Database.open({
    model,
    users,
    ...(documentsDirectory === undefined ? {} : { documentsDirectory }),
  })
  try {
    return await startServer(options, database)
  } catch (error) {
    database.close()
    throw error
  }
}
