import { ConfigurationError } from '@select-ai/core'

/** What this package wants to know of the driver. */
export interface DriverModule {
  readonly versionString: string
  readonly thin: boolean
}

/**
 * The driver that was installed with this package, which need not be the one that is found from elsewhere.
 * @throws ConfigurationError when it cannot be loaded.
 */
export async function loadDriver(): Promise<DriverModule> {
  try {
    return (await import('oracledb')).default
  } catch (cause) {
    const message = "The driver 'oracledb' could not be loaded. Install select-ai again: npm install select-ai."
    throw new ConfigurationError({ setting: 'driver', message, cause })
  }
}
