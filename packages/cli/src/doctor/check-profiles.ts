import { type ProfileDescription, ProfileNotFoundError, type SelectAIPool } from '@select-ai/core'
import { listCredentials } from '@select-ai/core/admin'
import { Finding } from './check.ts'

const shownNames = 5
const createAdvice =
  "Create one with pool.profile('NAME').create(...) of @select-ai/core, or with DBMS_CLOUD_AI.CREATE_PROFILE."
const findGrant = `SELECT COUNT(*) FROM all_tab_privs WHERE table_name = :credential_name AND privilege = 'EXECUTE'`

/** @throws Finding when the user has no profile, unless one of another user is meant. */
export async function checkProfiles(
  pool: SelectAIPool,
  profile: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const names = await listNames(pool, signal)
  if (names.length > 0) return `${names.length} of the user: ${shorten(names)}`
  if (profile?.includes('.')) return 'none of the user'
  throw new Finding('The user has no profile, so nobody can be asked.', createAdvice)
}

/** @throws Finding for a profile that is not there, is disabled, or lacks its credential. */
export async function checkProfile(pool: SelectAIPool, name: string, signal: AbortSignal): Promise<string> {
  const description = await fetchProfile(pool, name, signal)
  if (description.status === 'disabled') {
    throw new Finding(
      `The profile ${description.name} is disabled.`,
      `Its owner can let it answer again: BEGIN DBMS_CLOUD_AI.ENABLE_PROFILE('${description.name}'); END;`,
    )
  }
  return `${name} is enabled; ${await checkCredential(pool, description, signal)}`
}

/** Asks one word, which costs a call of the model. */
export async function askOneWord(pool: SelectAIPool, name: string, signal: AbortSignal): Promise<string> {
  const start = performance.now()
  const answer = await pool.profile(name).chat('Hello', { signal })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  return `answered with ${answer.length} characters in ${seconds} s`
}

async function fetchProfile(pool: SelectAIPool, name: string, signal: AbortSignal): Promise<ProfileDescription> {
  try {
    return await pool.profile(name).fetch({ signal })
  } catch (cause) {
    if (!ProfileNotFoundError.isInstance(cause)) throw cause
    const names = await listNames(pool, signal)
    const advice = names.length > 0 ? `There are ${shorten(names)}.` : createAdvice
    throw new Finding(`The user has no profile ${name}.`, advice)
  }
}

async function listNames(pool: SelectAIPool, signal: AbortSignal): Promise<string[]> {
  return (await pool.listProfiles({ signal })).map(({ name }) => name)
}

async function checkCredential(
  pool: SelectAIPool,
  { name, owner, attributes }: ProfileDescription,
  signal: AbortSignal,
): Promise<string> {
  const credential: string | undefined = 'credential_name' in attributes ? attributes.credential_name : undefined
  if (credential === undefined) return 'it names no credential'
  // Such a credential is the database's own, for example OCI$RESOURCE_PRINCIPAL.
  if (owner !== undefined || credential.includes('$')) return `its credential ${credential} is not the user's to check`
  const own = (await listCredentials(pool, { signal })).find((each) => each.name === credential.toUpperCase())
  if (own?.enabled) return `its credential ${credential} is there`
  if (own === undefined && (await isGranted(pool, credential, signal))) return `its credential ${credential} is granted`
  throw new Finding(
    `The credential ${credential} of the profile ${name} is ${own ? 'disabled' : 'not there'}.`,
    own
      ? `Enable it: BEGIN DBMS_CLOUD.ENABLE_CREDENTIAL('${credential}'); END;`
      : 'Create it with createCredential of @select-ai/core/admin or DBMS_CLOUD.CREATE_CREDENTIAL, or have its owner grant it.',
  )
}

async function isGranted(pool: SelectAIPool, credential: string, signal: AbortSignal): Promise<boolean> {
  const binds = { credential_name: credential.toUpperCase() }
  const { rows } = await pool.withConnection((connection) => connection.execute<[number]>(findGrant, binds), { signal })
  return (rows?.[0]?.[0] ?? 0) > 0
}

function shorten(names: readonly string[]): string {
  const more = names.length - shownNames
  return names.slice(0, shownNames).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
