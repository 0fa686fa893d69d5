/** Consul cannot be used for the moment, so that no worker can be found. The message names no address and no context. */
export class ConsulError extends Error {
  override readonly name = 'ConsulError'
}
