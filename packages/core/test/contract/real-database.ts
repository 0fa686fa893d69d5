import type { ProfileAttributes } from '../../src/index.ts'

interface User {
  readonly user: string
  readonly password: string
}

/** How to reach the database that the contract is checked on. */
export interface RealDatabase {
  readonly connection: User & {
    readonly connectString: string
    readonly configDir?: string
    readonly walletLocation?: string
    readonly walletPassword?: string
  }
  readonly administrator: User | undefined
  readonly attributes: ProfileAttributes
  /** Where a text is that a vector index can load, and the credential for it. */
  readonly documents: { readonly location: string; readonly credentialName?: string } | undefined
}

const prefix = 'SELECT_AI_TEST_'

/**
 * The database that the environment names; undefined when it names none. Half a description is an error, so that nobody believes
 * to have checked a database which was never asked.
 */
export function realDatabase(environment: NodeJS.ProcessEnv): RealDatabase | undefined {
  const read = (name: string): string | undefined => environment[`${prefix}${name}`] || undefined
  const given = Object.keys(environment).filter((name) => name.startsWith(prefix) && environment[name])
  if (given.length === 0) return undefined
  const require = (name: string): string => {
    const value = read(name)
    if (value === undefined) throw new Error(`${prefix}${name} is missing, while ${given.join(', ')} is set.`)
    return value
  }
  const optional = { configDir: 'CONFIG_DIR', walletLocation: 'WALLET_LOCATION', walletPassword: 'WALLET_PASSWORD' }
  const settings = Object.entries(optional).map(([option, name]) => [option, read(name)])
  return {
    connection: {
      user: require('USER'),
      password: require('PASSWORD'),
      connectString: require('CONNECT_STRING'),
      ...Object.fromEntries(settings.filter(([, value]) => value !== undefined)),
    },
    administrator: read('ADMIN_USER')
      ? { user: require('ADMIN_USER'), password: require('ADMIN_PASSWORD') }
      : undefined,
    attributes: readAttributes(read('PROFILE_ATTRIBUTES')),
    documents: readDocuments(read('LOCATION'), read('LOCATION_CREDENTIAL')),
  }
}

function readDocuments(location: string | undefined, credentialName: string | undefined): RealDatabase['documents'] {
  if (location === undefined) return undefined
  return { location, ...(credentialName === undefined ? {} : { credentialName }) }
}

function readAttributes(json: string | undefined): ProfileAttributes {
  if (json === undefined) {
    return { provider: 'oci', credential_name: 'OCI$RESOURCE_PRINCIPAL', object_list: [{ owner: 'SH' }] }
  }
  try {
    return JSON.parse(json) as ProfileAttributes
  } catch (cause) {
    throw new Error(`${prefix}PROFILE_ATTRIBUTES must be the attributes of a profile as JSON.`, { cause })
  }
}
