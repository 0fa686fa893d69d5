import { TaskState } from '@a2a-js/sdk'
import type { AgentExecutionEvent, AgentExecutor, ExecutionEventBus, RequestContext } from '@a2a-js/sdk/server'
import pLimit, { type LimitFunction } from 'p-limit'
import type { ResolvedA2AOptions } from './a2a-options.ts'
import { type Remark, resultEvent, statusEvent, taskEvent } from './agent-events.ts'
import { failureOf, isRefusal } from './failure.ts'
import { ownerOf } from './owner-of.ts'
import type { TaskRecords } from './task-records.ts'

/** Why a task is ended before its time. */
type Ending = 'canceled' | 'timed out' | 'closing'

interface Work {
  readonly ending: AbortController
  readonly done: Promise<void>
}

interface Outcome {
  readonly state: TaskState
  /** The answer of the team, which becomes the result. */
  readonly result?: string
  readonly remark?: Remark
}

const endings: Readonly<Record<Ending, Outcome>> = {
  canceled: { state: TaskState.TASK_STATE_CANCELED, remark: { text: 'The task was canceled.' } },
  'timed out': {
    state: TaskState.TASK_STATE_FAILED,
    remark: { text: 'The task took longer than this agent works on one. Ask for less.' },
  },
  closing: {
    state: TaskState.TASK_STATE_FAILED,
    remark: { text: 'The agent shut down before the task was done. Send the message again shortly.' },
  },
}

const busy: Outcome = {
  state: TaskState.TASK_STATE_REJECTED,
  remark: { text: 'Too many tasks are waiting already. Send the message again shortly.' },
}

/** Has the team work on tasks, so many at a time as the options say. */
export class TeamExecutor implements AgentExecutor {
  readonly #options: ResolvedA2AOptions
  readonly #records: TaskRecords
  readonly #limit: LimitFunction
  readonly #works = new Map<string, Work>()

  constructor(options: ResolvedA2AOptions, records: TaskRecords) {
    this.#options = options
    this.#records = records
    this.#limit = pLimit(options.maxRunning)
  }

  /** Whether the task is being worked on, or waits for that. */
  isBusyWith(taskId: string): boolean {
    return this.#works.has(taskId)
  }

  /** Ends when the task has its last state of this turn. Never rejects, since the protocol's library would tell the client why. */
  execute = (request: RequestContext, bus: ExecutionEventBus): Promise<void> => {
    const known = this.#works.get(request.taskId)
    if (known) return known.done
    const ending = new AbortController()
    const done = this.#execute(request, bus, ending).finally(() => this.#works.delete(request.taskId))
    this.#works.set(request.taskId, { ending, done })
    return done
  }

  /** Breaks the run of the team off and resolves when the task has got its last state. */
  cancelTask = async (taskId: string): Promise<void> => {
    const work = this.#works.get(taskId)
    work?.ending.abort('canceled' satisfies Ending)
    await work?.done
  }

  /** Resolves when all tasks are done; after so many milliseconds the rest are ended. */
  async close(graceMs: number): Promise<void> {
    const timer = setTimeout(() => {
      for (const { ending } of this.#works.values()) ending.abort('closing' satisfies Ending)
    }, graceMs)
    await Promise.all([...this.#works.values()].map(({ done }) => done))
    clearTimeout(timer)
  }

  async #execute(request: RequestContext, bus: ExecutionEventBus, ending: AbortController): Promise<void> {
    const { taskId, context } = request
    this.#records.begin(taskId, context)
    const timer = setTimeout(() => ending.abort('timed out' satisfies Ending), this.#options.timeoutMs)
    try {
      await this.#announce(request, bus, TaskState.TASK_STATE_SUBMITTED, [
        taskEvent(request, TaskState.TASK_STATE_SUBMITTED),
      ])
      const { state, result, remark } = await this.#outcome(request, bus, ending.signal)
      const results = result === undefined ? [] : [resultEvent(request, result)]
      await this.#announce(request, bus, state, [...results, statusEvent(request, state, remark)])
    } catch (error) {
      // The store has failed, and the client is told so by whoever publishes to it.
      const { code } = failureOf(error, taskId)
      this.#options.onError(error, { requestId: taskId, code })
    } finally {
      clearTimeout(timer)
      this.#records.end(taskId, context)
    }
  }

  /** Publishes events, the last of which brings that state, and waits until it is saved. */
  async #announce(
    { taskId, context }: RequestContext,
    bus: ExecutionEventBus,
    state: TaskState,
    events: readonly AgentExecutionEvent[],
  ): Promise<void> {
    const saved = this.#records.saved(taskId, context, state)
    for (const event of events) bus.publish(event)
    await saved
  }

  /** Waits for its turn; what is ended before leaves the line at once. */
  #outcome(request: RequestContext, bus: ExecutionEventBus, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return Promise.resolve(endings[signal.reason as Ending])
    if (this.#limit.activeCount >= this.#options.maxRunning && this.#limit.pendingCount >= this.#options.maxWaiting) {
      return Promise.resolve(busy)
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => resolve(endings[signal.reason as Ending])
      signal.addEventListener('abort', leave, { once: true })
      this.#limit(async () => {
        signal.removeEventListener('abort', leave)
        if (!signal.aborted) resolve(await this.#run(request, bus, signal))
      }).catch(reject)
    })
  }

  async #run(request: RequestContext, bus: ExecutionEventBus, signal: AbortSignal): Promise<Outcome> {
    const { TASK_STATE_WORKING, TASK_STATE_INPUT_REQUIRED, TASK_STATE_FAILED, TASK_STATE_COMPLETED } = TaskState
    await this.#announce(request, bus, TASK_STATE_WORKING, [statusEvent(request, TASK_STATE_WORKING)])
    try {
      const { text, state } = await this.#ask(request, signal)
      if (state === 'waiting-for-human') return { state: TASK_STATE_INPUT_REQUIRED, remark: { text } }
      if (state === 'failed') return { state: TASK_STATE_FAILED, remark: { text: 'The team could not do its task.' } }
      return { state: TASK_STATE_COMPLETED, result: text }
    } catch (error) {
      return signal.aborted ? endings[signal.reason as Ending] : this.#failed(request, error)
    }
  }

  async #ask(request: RequestContext, signal: AbortSignal): Promise<{ text: string; state: string | undefined }> {
    const { pool, team, timeoutMs } = this.#options
    const call = { signal, timeoutMs, label: 'A2A task' }
    const conversationId = await this.#conversationOf(request, call)
    return pool.team(team).run(promptOf(request), { ...call, conversationId })
  }

  async #conversationOf(
    { contextId, context }: RequestContext,
    call: { signal: AbortSignal; timeoutMs: number; label: string },
  ): Promise<string> {
    const { pool, team, state } = this.#options
    const owner = ownerOf(context)
    const known = await state.conversations.load(contextId, owner)
    if (known !== undefined) return known
    const made = await pool.createConversation({ title: `A2A: ${team}` }, call)
    const kept = await state.conversations.save(contextId, owner, made.id)
    // Another message of the new context was faster.
    if (kept !== made.id) await made.delete({ ...call, force: true })
    return kept
  }

  #failed({ taskId }: RequestContext, error: unknown): Outcome {
    const failure = failureOf(error, taskId)
    this.#options.onError(error, { requestId: taskId, code: failure.code })
    const state = isRefusal(error) ? TaskState.TASK_STATE_REJECTED : TaskState.TASK_STATE_FAILED
    return { state, remark: { text: failure.detail, failure } }
  }
}

function promptOf({ userMessage }: RequestContext): string {
  return userMessage.parts.map(({ content }) => (content?.$case === 'text' ? content.value : '')).join('\n')
}
