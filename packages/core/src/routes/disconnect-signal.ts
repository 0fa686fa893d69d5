/** What is needed of a response of Node's `http` or `http2` module. */
export interface NodeResponse {
  /** Whether the application has ended the response. */
  readonly writableEnded: boolean
  /** Whether the connection or the stream beneath has gone. Responses of HTTP/2 do not have it. */
  readonly closed?: boolean
  /** To be told when it goes. */
  once(event: 'close', listener: () => void): unknown
}

/**
 * A signal that aborts when the client disconnects before the response has ended, and never after a normal completion.
 * It is built on the response, since a request also closes when its body has been read.
 *
 * @param response of Node's `http` or `http2`.
 * @param controller to be aborted; one of your own when there are further reasons to stop. Default: a new one.
 *
 * @example
 * ```ts
 * createServer(async (request, response) => {
 *   const answer = await profile.chat('Hello', { signal: disconnectSignal(response) })
 *   response.end(answer)
 * })
 * ```
 */
export function disconnectSignal(
  response: NodeResponse,
  controller: AbortController = new AbortController(),
): AbortSignal {
  const stop = (): void => {
    if (!response.writableEnded) controller.abort()
  }
  response.once('close', stop)
  if (response.closed) stop()
  return controller.signal
}
