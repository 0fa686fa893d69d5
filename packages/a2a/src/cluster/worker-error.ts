/** A worker cannot be used. The message is a safe sentence for the client. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError'
}
