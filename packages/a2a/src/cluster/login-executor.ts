import { TaskState } from '@a2a-js/sdk'
import type { ExecutionEventBus, RequestContext } from '@a2a-js/sdk/server'
import type { ResolvedA2AOptions } from '../a2a-options.ts'
import { type Remark, statusEvent, taskEvent } from '../agent-events.ts'
import type { TaskExecutor } from '../json-rpc.ts'
import { ownerOf } from '../owner-of.ts'
import { ConsulError } from './consul-error.ts'
import { type FilledForm, formExtension, loginForm } from './login-form.ts'
import { isCorrectable, loginRefusals } from './login-refusal.ts'
import { RecentMap } from './recent-map.ts'
import { sessionKey } from './session-key.ts'
import { WorkerError } from './worker-error.ts'
import type { Workers } from './workers.ts'

/** Name of the filled form among the facts of a call. */
export const filledForm = 'filled-form'

/** What is told when Consul is out of order. */
export const noRouting = 'Sessions cannot be found or opened for the moment. Send the message again later.'

interface Outcome {
  readonly state: TaskState
  readonly remark: Remark
}

/** Logins that a database may refuse in one context, so that no client locks an account by repeating itself. */
const mostAttempts = 5
const contextsKept = 10_000
const ask = 'Log on to the database of the agent team: fill in the form.'
const loggedOn = 'You are logged on. Send your messages in this context now.'
const tooOften = 'Too many logins of this context were refused. See that the login is right, then start a new context.'

/** Works on the gateway's own tasks: asks for a login with a form and has a worker open a session with it. */
export class LoginExecutor implements TaskExecutor {
  readonly #workers: Workers
  readonly #onError: ResolvedA2AOptions['onError']
  readonly #attempts = new RecentMap<number>(contextsKept)
  readonly #busy = new Set<string>()

  constructor(workers: Workers, onError: ResolvedA2AOptions['onError']) {
    this.#workers = workers
    this.#onError = onError
  }

  isBusyWith(taskId: string): boolean {
    return this.#busy.has(taskId)
  }

  /** Never rejects, since the protocol's library would tell the client why. */
  execute = async (request: RequestContext, bus: ExecutionEventBus): Promise<void> => {
    this.#busy.add(request.taskId)
    try {
      bus.publish(taskEvent(request, TaskState.TASK_STATE_SUBMITTED))
      const { state, remark } = await this.#outcome(request).catch((error: unknown) => this.#failed(request, error))
      bus.publish(statusEvent(request, state, remark))
    } finally {
      this.#busy.delete(request.taskId)
    }
  }

  /** A form that waits is withdrawn without asking here; a login under way comes to its end shortly. */
  cancelTask = async (): Promise<void> => {}

  async #outcome({ taskId, contextId, context }: RequestContext): Promise<Outcome> {
    const owner = ownerOf(context)
    const session = sessionKey(owner, contextId)
    const attempts = this.#attempts.get(session) ?? 0
    if (attempts >= mostAttempts) return failure(tooOften)
    const form = context.state.get(filledForm) as FilledForm | undefined
    if (form === undefined) return formAgain(taskId, attempts, ask)
    if ('mistake' in form) return formAgain(taskId, attempts, form.mistake)
    // Counted before, so that several at a time are not more than are allowed.
    this.#attempts.set(session, attempts + 1)
    const refusal = await this.#workers.logOn(session, owner, form.login)
    if (refusal === undefined) {
      this.#attempts.delete(session)
      return { state: TaskState.TASK_STATE_COMPLETED, remark: { text: loggedOn } }
    }
    if (!isCorrectable(refusal)) return failure(loginRefusals[refusal])
    return attempts + 1 >= mostAttempts ? failure(tooOften) : formAgain(taskId, attempts + 1, loginRefusals[refusal])
  }

  #failed({ taskId }: RequestContext, error: unknown): Outcome {
    const code = error instanceof ConsulError ? 'CONSUL_FAILED' : 'WORKER_FAILED'
    this.#onError(error, { requestId: taskId, code })
    return failure(error instanceof WorkerError ? error.message : noRouting)
  }
}

function failure(text: string): Outcome {
  return { state: TaskState.TASK_STATE_FAILED, remark: { text } }
}

/** Each attempt gets a surface of its own. */
function formAgain(taskId: string, attempts: number, text: string): Outcome {
  const { data, metadata } = loginForm(`login-${taskId}-${attempts}`)
  const content = { $case: 'data', value: data } as const
  const part = { content, metadata, filename: '', mediaType: metadata.mimeType }
  return {
    state: TaskState.TASK_STATE_INPUT_REQUIRED,
    remark: { text, attachment: { part, extension: formExtension } },
  }
}
