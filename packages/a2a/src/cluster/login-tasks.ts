import type { ListTasksRequest, ListTasksResponse, Task } from '@a2a-js/sdk'
import { InMemoryTaskStore, type ServerCallContext, type TaskStore } from '@a2a-js/sdk/server'
import { ownerOf } from '../owner-of.ts'
import { RecentMap } from './recent-map.ts'

interface KeptTask {
  readonly owner: string
  readonly task: Task
}

/** The gateway's own tasks, those that ask for a login: the latest of them, in memory. */
export class LoginTasks implements TaskStore {
  readonly #tasks: RecentMap<KeptTask>

  constructor(limit: number) {
    this.#tasks = new RecentMap(limit)
  }

  async save(task: Task, context: ServerCallContext): Promise<void> {
    this.#tasks.set(keyOf(task.id, context), { owner: ownerOf(context), task: structuredClone(task) })
  }

  async load(taskId: string, context: ServerCallContext): Promise<Task | undefined> {
    const kept = this.#tasks.get(keyOf(taskId, context))
    return kept && structuredClone(kept.task)
  }

  async list(request: ListTasksRequest, context: ServerCallContext): Promise<ListTasksResponse> {
    // The library's own store knows how to filter and to page.
    const store = new InMemoryTaskStore()
    for (const { owner, task } of this.#tasks.values()) if (owner === ownerOf(context)) await store.save(task, context)
    return store.list(request, context)
  }
}

function keyOf(taskId: string, context: ServerCallContext): string {
  return JSON.stringify([ownerOf(context), taskId])
}
