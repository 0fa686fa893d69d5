import { ConsulError } from './consul-error.ts'
import { WorkerError } from './worker-error.ts'

const noRouting = 'Sessions cannot be found or opened for the moment. Send the message again later.'

/** The code of a failure of Consul or of a worker, and a safe sentence about it. */
export function clusterFailure(error: unknown): { readonly code: string; readonly detail: string } {
  return {
    code: error instanceof ConsulError ? 'CONSUL_FAILED' : 'WORKER_FAILED',
    detail: error instanceof WorkerError ? error.message : noRouting,
  }
}
