import { randomUUID } from 'node:crypto'
import { TaskState } from '@a2a-js/sdk'
import type { ExecutionEventBus, RequestContext } from '@a2a-js/sdk/server'
import type { ResolvedA2AOptions } from '../a2a-options.ts'
import { type Remark, statusEvent, taskEvent } from '../agent-events.ts'
import type { TaskExecutor } from '../json-rpc.ts'
import { ownerOf } from '../owner-of.ts'
import { type A2UIChoice, a2uiParts } from './a2ui.ts'
import { clusterFailure } from './cluster-failure.ts'
import { LoginAttempts } from './login-attempts.ts'
import type { FilledForm, LoginForm } from './login-form.ts'
import { isCorrectable, type LoginRefusal, loginRefusals } from './login-refusal.ts'
import { sessionKey } from './session-key.ts'
import type { Workers } from './workers.ts'

/** What the gateway has read from a message before it is kept. */
export interface LoginFacts {
  readonly form: FilledForm | undefined
  /** How the client is shown a form. */
  readonly a2ui: A2UIChoice
}

/** Name of the `LoginFacts` among the facts of a call. */
export const loginFacts = 'login'

interface Outcome {
  readonly state: TaskState
  readonly remark: Remark
}

const ask =
  'This context has no session, or its session is over. Log on to the database of the agent team: fill in the form.'
const loggedOn = 'You are logged on. Send your messages in this context now.'
const tooMany = 'Too many logins of this user were refused one after the other. Try again in a quarter of an hour.'

/** Works on the gateway's own tasks: asks for a login with a form and has a worker open a session with it. */
export class LoginExecutor implements TaskExecutor {
  readonly #workers: Workers
  readonly #form: LoginForm
  readonly #onError: ResolvedA2AOptions['onError']
  readonly #attempts = new LoginAttempts()
  readonly #busy = new Set<string>()

  constructor(workers: Workers, form: LoginForm, onError: ResolvedA2AOptions['onError']) {
    this.#workers = workers
    this.#form = form
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

  async #outcome({ contextId, context }: RequestContext): Promise<Outcome> {
    const { form, a2ui } = context.state.get(loginFacts) as LoginFacts
    const again = (text: string): Outcome => this.#askAgain(text, a2ui, context.requestedVersion)
    if (form === undefined) return again(ask)
    if ('mistake' in form) return again(form.mistake)
    const { login } = form
    const owner = ownerOf(context)
    const logOn = (): Promise<LoginRefusal | undefined> =>
      this.#workers.logOn(sessionKey(owner, contextId), owner, login)
    const refusal = await this.#attempts.within(login, logOn)
    if (refusal === undefined) return { state: TaskState.TASK_STATE_COMPLETED, remark: { text: loggedOn } }
    if (refusal === 'too-many-logins') return failure(tooMany)
    return isCorrectable(refusal) ? again(loginRefusals[refusal]) : failure(loginRefusals[refusal])
  }

  /** Each attempt gets a surface of its own. */
  #askAgain(text: string, a2ui: A2UIChoice, protocolVersion: string): Outcome {
    const messages = this.#form.messages(`login-${randomUUID()}`, a2ui.catalogId)
    const attachment = { parts: a2uiParts(messages, a2ui, protocolVersion), extension: a2ui.version.uri }
    return { state: TaskState.TASK_STATE_INPUT_REQUIRED, remark: { text, attachment } }
  }

  #failed({ taskId }: RequestContext, error: unknown): Outcome {
    const { code, detail } = clusterFailure(error)
    this.#onError(error, { requestId: taskId, code })
    return failure(detail)
  }
}

function failure(text: string): Outcome {
  return { state: TaskState.TASK_STATE_FAILED, remark: { text } }
}
