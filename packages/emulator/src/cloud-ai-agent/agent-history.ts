import { randomUUID } from 'node:crypto'
import { EventClock } from '../cloud-ai/event-clock.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import type { OracleDateTime } from '../values/oracle-date-time.ts'

export type RunState = 'RUNNING' | 'WAITING_FOR_HUMAN' | 'SUCCEEDED' | 'FAILED'

/** One run of a team, from its start to its end, however often it waited for a human. */
export interface TeamRecord {
  readonly execId: string
  readonly instanceId: number
  /** Who ran it. */
  readonly user: string
  readonly team: { readonly owner: string; readonly name: string }
  readonly conversationId: string
  /** JSON text, as it was given. */
  readonly params: string | null
  readonly start: OracleDateTime
  end: OracleDateTime | null
  state: RunState
  /** How many tasks were started. */
  tasks: number
}

/** One task of a run. */
export interface TaskRecord {
  readonly run: TeamRecord
  readonly order: number
  readonly agentName: string
  readonly taskName: string
  readonly input: string
  readonly start: OracleDateTime
  end: OracleDateTime | null
  result: string | null
  state: RunState
}

/** One call of a tool. */
export interface ToolRecord {
  readonly invocationId: string
  readonly user: string
  /** Null for a tool that was run by itself. */
  readonly task: TaskRecord | null
  readonly toolName: string
  readonly input: string
  readonly start: OracleDateTime
  end: OracleDateTime | null
  output: string | null
}

/** What teams, tasks and tools did, oldest first. */
export class AgentHistory implements UserBelongings {
  #teams: TeamRecord[] = []
  #tasks: TaskRecord[] = []
  #tools: ToolRecord[] = []
  #lastInstanceId = 0
  readonly #clock = new EventClock()

  get teams(): readonly TeamRecord[] {
    return this.#teams
  }

  get tasks(): readonly TaskRecord[] {
    return this.#tasks
  }

  get tools(): readonly ToolRecord[] {
    return this.#tools
  }

  startTeam(facts: Pick<TeamRecord, 'user' | 'team' | 'conversationId' | 'params'>): TeamRecord {
    this.#lastInstanceId += 1
    const record: TeamRecord = {
      ...facts,
      execId: newId(),
      instanceId: this.#lastInstanceId,
      start: this.#clock.stamp(),
      end: null,
      state: 'RUNNING',
      tasks: 0,
    }
    this.#teams.push(record)
    return record
  }

  startTask(facts: Pick<TaskRecord, 'run' | 'agentName' | 'taskName' | 'input'>): TaskRecord {
    facts.run.tasks += 1
    const record: TaskRecord = {
      ...facts,
      order: facts.run.tasks,
      start: this.#clock.stamp(),
      end: null,
      result: null,
      state: 'RUNNING',
    }
    this.#tasks.push(record)
    return record
  }

  /** Ends a run or a task when its work has come to an end. */
  async track(record: TeamRecord | TaskRecord, work: () => Promise<string>): Promise<string> {
    try {
      const result = await work()
      record.state = 'SUCCEEDED'
      return result
    } catch (error) {
      record.state = 'FAILED'
      throw error
    } finally {
      record.end = this.#clock.stamp()
    }
  }

  /** Records a call of a tool with its output, or with what was wrong. */
  async trackTool(
    facts: Pick<ToolRecord, 'user' | 'task' | 'toolName' | 'input'>,
    work: () => Promise<string>,
  ): Promise<string> {
    const record: ToolRecord = { ...facts, invocationId: newId(), start: this.#clock.stamp(), end: null, output: null }
    this.#tools.push(record)
    try {
      record.output = await work()
      return record.output
    } catch (error) {
      record.output = error instanceof Error ? error.message : String(error)
      throw error
    } finally {
      record.end = this.#clock.stamp()
    }
  }

  forgetUser(user: string): void {
    this.#teams = this.#teams.filter((run) => run.user !== user)
    this.#tasks = this.#tasks.filter(({ run }) => run.user !== user)
    this.#tools = this.#tools.filter((call) => call.user !== user)
  }
}

function newId(): string {
  return randomUUID().toUpperCase()
}
