import { setTimeout as pause } from 'node:timers/promises'
import { type ListTasksRequest, type ListTasksResponse, type Task, TaskState } from '@a2a-js/sdk'
import { A2AError, RequestMalformedError } from '@a2a-js/sdk/errors'
import type { ServerCallContext, TaskStore } from '@a2a-js/sdk/server'
import { SelectAIError } from '@select-ai/core'
import type { A2AErrorContext } from './a2a-options.ts'
import { statusOf } from './agent-events.ts'
import { failureOf } from './failure.ts'
import { ownerOf } from './owner-of.ts'

/** What `TaskRecords` is made from. */
export interface TaskRecordsOptions {
  readonly store: TaskStore
  /** Longest time that a task is worked on, in milliseconds. */
  readonly timeoutMs: number
  readonly onError: (error: unknown, context: A2AErrorContext) => void
}

const attempts = 3
const pauseMs = 200
/** Longer than all attempts at saving take together. */
const savedWithinMs = 60_000
/** For saving, and for clocks of several machines that differ. */
const toleranceMs = 120_000

interface Expectation {
  readonly state: TaskState
  resolve(): void
  reject(error: unknown): void
}

/** Key of the failure, among the state of a call, that its client is told. */
export const failureKey = 'select-ai-failure'

/**
 * The tasks of a server: kept in a store, and those that are worked on here in memory too, so that reading and canceling them needs
 * no connection while all of them are at work. What the store says when it fails stays here.
 */
export class TaskRecords implements TaskStore {
  readonly #options: TaskRecordsOptions
  /** Tasks that are worked on here; undefined until they were saved first. */
  readonly #current = new Map<string, Task | undefined>()
  readonly #expectations = new Map<string, Expectation>()

  constructor(options: TaskRecordsOptions) {
    this.#options = options
  }

  /** Work on the task begins. */
  begin(taskId: string, context: ServerCallContext): void {
    this.#current.set(keyOf(taskId, context), undefined)
  }

  /** Work on the task is over, and its last state is saved or never will be. */
  end(taskId: string, context: ServerCallContext): void {
    this.#current.delete(keyOf(taskId, context))
  }

  /** Resolves when that state of the task, whose event must be published next, has been saved. */
  async saved(taskId: string, context: ServerCallContext, state: TaskState): Promise<void> {
    const key = keyOf(taskId, context)
    const { promise, resolve, reject } = withResolvers()
    const timer = setTimeout(() => reject(new Error('The state of the task was not saved in time.')), savedWithinMs)
    this.#expectations.set(key, { state, resolve, reject })
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#expectations.delete(key)
    }
  }

  async save(task: Task, context: ServerCallContext): Promise<void> {
    const key = keyOf(task.id, context)
    if (this.#current.has(key)) this.#current.set(key, structuredClone(task))
    const expectation = this.#expectations.get(key)
    try {
      await this.#guard(task.id, context, () => this.#options.store.save(task, context))
    } catch (error) {
      expectation?.reject(error)
      throw error
    }
    if (expectation && expectation.state === task.status?.state) expectation.resolve()
  }

  async load(taskId: string, context: ServerCallContext): Promise<Task | undefined> {
    const current = this.#current.get(keyOf(taskId, context))
    if (current) return structuredClone(current)
    const task = await this.#guard(taskId, context, () => this.#options.store.load(taskId, context))
    return task && this.#giveUpAbandoned(task, context)
  }

  async list(request: ListTasksRequest, context: ServerCallContext): Promise<ListTasksResponse> {
    const page = await this.#guard('', context, () => this.#options.store.list(request, context))
    return { ...page, tasks: await Promise.all(page.tasks.map((task) => this.#endedOf(task, context))) }
  }

  /** A page leaves artifacts out, so its tasks are not saved as they are. */
  async #endedOf(task: Task, context: ServerCallContext): Promise<Task> {
    if (!this.#isAbandoned(task, context)) return task
    const whole = await this.load(task.id, context)
    return whole ? { ...task, status: whole.status } : task
  }

  /** A task that nobody works on any more, since its process has ended before it, has failed. */
  async #giveUpAbandoned(task: Task, context: ServerCallContext): Promise<Task> {
    if (!this.#isAbandoned(task, context)) return task
    const text = 'The server stopped before the task was done. Send the message again.'
    task.status = statusOf({ taskId: task.id, contextId: task.contextId }, TaskState.TASK_STATE_FAILED, { text })
    await this.save(task, context)
    return task
  }

  #isAbandoned({ id, status }: Task, context: ServerCallContext): boolean {
    const isOpen = status?.state === TaskState.TASK_STATE_SUBMITTED || status?.state === TaskState.TASK_STATE_WORKING
    if (!isOpen || this.#current.has(keyOf(id, context))) return false
    return Date.now() - Date.parse(status.timestamp ?? '') > this.#options.timeoutMs + toleranceMs
  }

  async #guard<T>(taskId: string, context: ServerCallContext, work: () => Promise<T>): Promise<T> {
    try {
      return await withAttempts(work)
    } catch (error) {
      if (error instanceof RequestMalformedError) throw error
      const requestId = taskId || String(context.state.get('requestId'))
      const failure = failureOf(error, requestId)
      context.state.set(failureKey, failure)
      this.#options.onError(error, { requestId, code: failure.code })
      throw new A2AError(failure.detail)
    }
  }
}

/** What fails for want of a connection for the moment is tried again: the result of a task must not get lost over it. */
async function withAttempts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !SelectAIError.isInstance(error) || !error.retryable) throw error
      await pause(attempt * pauseMs)
    }
  }
}

function keyOf(taskId: string, context: ServerCallContext): string {
  return JSON.stringify([ownerOf(context), taskId])
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve: () => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
