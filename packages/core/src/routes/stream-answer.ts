import { AnswerStream } from './answer-stream.ts'
import type { OpenStreams } from './open-streams.ts'
import type { Problem } from './problem-table.ts'
import { eventStreamResponse, problemDocument, problemResponse } from './response.ts'
import type { RouteResponse } from './route.ts'
import type { RouteCallOptions } from './route-pool.ts'

/** One call whose answer is to be streamed. */
export interface StreamedCall {
  readonly requestId: string
  readonly heartbeatMs: number
  readonly stallTimeoutMs: number
  /** Aborts when the client has gone. */
  readonly clientSignal: AbortSignal | undefined
  readonly ask: (options: Required<Pick<RouteCallOptions, 'signal' | 'onPhase'>>) => Promise<string>
  /** Reports a failure and says what the client is told; the signal tells whether it was the reader who left. */
  readonly problemOf: (error: unknown, readerSignal: AbortSignal) => Problem
}

/**
 * Makes the call and streams its outcome. A call that is refused at once, because the line is full or the pool closed, gets
 * a response with its own status; whatever fails later is the stream's `error` event.
 */
export async function streamAnswer(call: StreamedCall, open: OpenStreams): Promise<RouteResponse> {
  const { requestId, heartbeatMs, stallTimeoutMs, clientSignal } = call
  const controller = new AbortController()
  const abandon = (): void => controller.abort()
  const stream = new AnswerStream({ requestId, heartbeatMs, stallTimeoutMs, clientSignal, abandon })
  open.add(stream)

  let refusal: Problem | undefined
  const follow = async (): Promise<void> => {
    try {
      const text = await call.ask({ signal: controller.signal, onPhase: (phase) => stream.enter(phase) })
      stream.settle({ text })
    } catch (error) {
      refusal = call.problemOf(error, controller.signal)
      stream.settle({ problem: problemDocument(refusal, requestId) })
    } finally {
      open.delete(stream)
    }
  }
  void follow()
  // By the next turn everything that needs neither the network nor a place in the line has been decided.
  await new Promise((resolve) => setImmediate(resolve))
  return refusal
    ? problemResponse(refusal, requestId)
    : eventStreamResponse({ chunks: stream, stalled: stream.stalled }, requestId)
}
