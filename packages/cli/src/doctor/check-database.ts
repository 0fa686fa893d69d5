import type { SelectAIPool } from '@select-ai/core'
import { Finding } from './check.ts'

const lowestVersion = 19

/** Compiles a call of the package without making one. What becomes part of the text is checked by the database itself. */
const compileCall = `BEGIN
  EXECUTE IMMEDIATE 'BEGIN IF FALSE THEN ' || SYS.DBMS_ASSERT.QUALIFIED_SQL_NAME(:package_name) ||
    '.ENABLE_PROFILE(profile_name => ''NONE''); END IF; END;';
END;`

/** @throws Finding for a database that has no Select AI. */
export async function checkVersion(pool: SelectAIPool, signal: AbortSignal): Promise<string> {
  const version = await pool.withConnection((connection) => connection.oracleServerVersionString, { signal })
  if (Number.parseInt(version, 10) >= lowestVersion) return `Oracle Database ${version}`
  throw new Finding(
    `This is Oracle Database ${version}, which has no Select AI.`,
    'Use an Autonomous AI Database, or Oracle AI Database 26ai with the DBMS_CLOUD packages.',
  )
}

/** @throws Finding when the user may not run DBMS_CLOUD_AI. */
export async function checkPrivilege(
  pool: SelectAIPool,
  schema: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const name = schema === undefined ? 'DBMS_CLOUD_AI' : `${schema}.DBMS_CLOUD_AI`
  try {
    await pool.withConnection((connection) => connection.execute(compileCall, { package_name: name }), { signal })
    return `the user may run ${name}`
  } catch (cause) {
    if (!/PLS-00201|PLS-00904|ORA-00904/.test(String(cause))) throw cause
    throw new Finding(
      `The user may not run ${name}, or it is not there.`,
      `Have an administrator run: GRANT EXECUTE ON ${name} TO the user. (In Node: grantPrivileges of @select-ai/core/admin.)`,
      { cause },
    )
  }
}
