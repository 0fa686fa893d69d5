import type { SubprogramRegistry } from '../../execution/subprogram.ts'
import { NUMBER } from '../../values/oracle-type.ts'
import { dbmsApplicationInfo } from './dbms-application-info.ts'
import { dbmsAssert } from './dbms-assert.ts'
import { dbmsLob, dbmsLobConstants, dbmsLobExceptions } from './dbms-lob.ts'
import { dbmsOutput } from './dbms-output.ts'
import { dbmsRandom } from './dbms-random.ts'
import { dbmsSession } from './dbms-session.ts'
import { dbmsSql } from './dbms-sql.ts'
import { dbmsUtility } from './dbms-utility.ts'
import { utlRaw } from './utl-raw.ts'

/** Registers the packages that every database has. */
export function registerBuiltInPackages(registry: SubprogramRegistry): void {
  registry.register(
    ...dbmsLob,
    ...dbmsAssert,
    ...dbmsOutput,
    ...dbmsApplicationInfo,
    ...dbmsSession,
    ...dbmsSql,
    ...dbmsRandom,
    ...dbmsUtility,
    ...utlRaw,
  )
  for (const [name, value] of Object.entries(dbmsLobConstants)) registry.registerConstant(name, { type: NUMBER, value })
  for (const [name, number] of Object.entries(dbmsLobExceptions)) registry.registerException(name, number)
}
