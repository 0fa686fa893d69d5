import { answerOrBreak } from '../cloud-ai/answer-or-break.ts'
import type { ConversationStore } from '../cloud-ai/conversation-store.ts'
import { namedProfile } from '../cloud-ai/named-profile.ts'
import type { ProfileStore } from '../cloud-ai/profile-store.ts'
import type { ProviderAccess } from '../execution/provider-access.ts'
import type { CallContext, SubprogramRegistry } from '../execution/subprogram.ts'
import type { AgentObservation, AgentToolDescription, Model } from '../models/model.ts'
import type { AgentHistory, TaskRecord, TeamRecord } from './agent-history.ts'
import type { AgentObject } from './agent-object.ts'
import type { TeamMember } from './agent-object-attributes.ts'
import { agentError } from './agent-object-kind.ts'
import { type AgentObjectStore, supervisorTask } from './agent-object-store.ts'
import { agentStep } from './agent-step.ts'
import { Interview, type Turn } from './interview.ts'
import { runTool } from './run-tool.ts'
import { describeTool, type ToolInputValues } from './tool-inputs.ts'

/** What runs of teams need from the database. */
export interface AgentServices {
  readonly model: Model
  readonly registry: SubprogramRegistry
  readonly profiles: ProfileStore
  readonly conversations: ConversationStore
  readonly providerAccess: ProviderAccess
  readonly objects: AgentObjectStore
  readonly history: AgentHistory
}

/** What a team is asked. */
export interface TeamQuestion {
  readonly prompt: string
  readonly conversationId: string
  readonly variables: Readonly<Record<string, unknown>>
  /** JSON text, as it was given. */
  readonly params: string | null
}

/** What one agent is to do. */
interface Assignment {
  readonly agent: AgentObject
  readonly taskName: string
  readonly instruction: string
  readonly prompt: string
  readonly input: string | undefined
  readonly tools: readonly AgentToolDescription[]
  readonly mayAskHuman: boolean
  /** Runs a tool by its name, which is one of `tools`. */
  use(tool: AgentToolDescription, input: ToolInputValues, record: TaskRecord): Promise<string>
}

const MOST_STEPS = 20

/** One run of a team, over all the calls that it takes when it waits for a human. */
export class TeamRun {
  readonly #team: AgentObject
  readonly #question: TeamQuestion
  readonly #services: AgentServices
  readonly #record: TeamRecord
  readonly #interview = new Interview()
  /** The call within which the run goes on now. */
  #context: CallContext
  #ask: (question: string) => Promise<string> = () => Promise.reject(new Error('The run has not started.'))

  constructor(team: AgentObject, question: TeamQuestion, services: AgentServices, context: CallContext) {
    this.#team = team
    this.#question = question
    this.#services = services
    this.#context = context
    this.#record = services.history.startTeam({
      user: context.user,
      team,
      conversationId: question.conversationId,
      params: question.params,
    })
  }

  start(): Promise<Turn> {
    return this.#interview.start(async (ask) => {
      this.#ask = ask
      return this.#services.history.track(this.#record, () => this.#work())
    })
  }

  /** Goes on with a human's answer, within another call. */
  resume(answer: string, context: CallContext): Promise<Turn> {
    this.#context = context
    return this.#interview.resume(answer)
  }

  #work(): Promise<string> {
    const members = this.#team.attributes.agents as readonly TeamMember[]
    const supervisor = this.#team.attributes.supervisor_agent
    return supervisor === undefined ? this.#sequence(members) : this.#supervise(String(supervisor), members)
  }

  async #sequence(members: readonly TeamMember[]): Promise<string> {
    const results = new Map<string, string>()
    let last = ''
    for (const member of members) {
      last = await this.#perform(this.#assignment(member, this.#question.prompt, (task) => inputOf(task, results)))
      results.set(member.task.toUpperCase(), last)
    }
    return last
  }

  #supervise(supervisor: string, members: readonly TeamMember[]): Promise<string> {
    const results = new Map<string, string>()
    const agent = this.#get('agent', supervisor)
    const tools = members.map((member) => {
      const isSame = ({ name }: TeamMember) => name.toUpperCase() === member.name.toUpperCase()
      return this.#describeMember(member, members.filter(isSame).length === 1)
    })
    return this.#perform({
      agent,
      taskName: supervisorTask(this.#team.name),
      instruction:
        'Choose the agents that can answer the question, give each its part of it, and put their answers together.',
      prompt: this.#question.prompt,
      input: undefined,
      tools,
      mayAskHuman: agent.attributes.enable_human_tool !== false,
      use: async (tool, input) => {
        const member = members[tools.indexOf(tool)] as TeamMember
        const prompt = Object.values(input).join(' ') || this.#question.prompt
        // Which task comes before another is the supervisor's choice.
        const result = await this.#perform(this.#assignment(member, prompt, (task) => results.get(inputTask(task))))
        results.set(member.task.toUpperCase(), result)
        return result
      },
    })
  }

  #describeMember({ name, task: taskName }: TeamMember, isAlone: boolean): AgentToolDescription {
    const agent = this.#get('agent', name)
    const task = this.#get('task', taskName)
    const { description, attributes } = task
    return {
      // An agent with several tasks is chosen by them.
      name: isAlone ? agent.name : task.name,
      type: 'AGENT',
      description: [agent.description, agent.attributes.role, description].filter(Boolean).join(' '),
      instruction: attributes.instruction as string,
      inputs: [{ name: 'question', description: 'What the agent is to answer' }],
    }
  }

  #assignment(member: TeamMember, prompt: string, inputFor: (task: AgentObject) => string | undefined): Assignment {
    const agent = this.#get('agent', member.name)
    const task = this.#get('task', member.task)
    const { attributes } = task
    const tools = ((attributes.tools ?? []) as readonly string[]).map((name) => this.#get('tool', name))
    const descriptions = tools.map((tool) => describeTool(tool, this.#services.registry))
    const isAllowed = agent.attributes.enable_human_tool !== false && attributes.enable_human_tool !== false
    return {
      agent,
      taskName: task.name,
      instruction: fillIn(String(attributes.instruction), { ...this.#question.variables, query: prompt }),
      prompt,
      input: inputFor(task),
      tools: descriptions.filter(({ type }) => type !== 'HUMAN'),
      mayAskHuman: isAllowed || descriptions.some(({ type }) => type === 'HUMAN'),
      use: (tool, input, record) =>
        this.#use(tools.find(({ name }) => name === tool.name) as AgentObject, input, record),
    }
  }

  /** Has an agent work until its task is done. */
  #perform(assignment: Assignment): Promise<string> {
    const { agent, taskName, instruction, input } = assignment
    const record = this.#services.history.startTask({
      run: this.#record,
      agentName: agent.name,
      taskName,
      input: [instruction, input].filter((text) => text !== undefined).join('\n\n'),
    })
    return this.#services.history.track(record, async () => {
      record.result = await this.#steps(assignment, record)
      return record.result
    })
  }

  async #steps(assignment: Assignment, record: TaskRecord): Promise<string> {
    const { agent, instruction, prompt, input, tools, mayAskHuman } = assignment
    const { model, profiles, conversations, providerAccess } = this.#services
    const own = this.#ownContext()
    const { attributes, owner } = namedProfile(String(agent.attributes.profile_name), own, profiles)
    providerAccess.check(attributes, { user: own.user, profileOwner: owner })
    const history = conversations.history(this.#context.user, this.#question.conversationId)
    const steps: AgentObservation[] = []
    const facts = {
      agent: { name: agent.name, role: String(agent.attributes.role) },
      instruction,
      input,
      tools,
      mayAskHuman,
    }
    while (steps.length < MOST_STEPS) {
      const { signal } = this.#context
      const request = { ...facts, prompt, history, attributes, signal, steps: [...steps] }
      const step = await answerOrBreak(() => agentStep(model, request), signal)
      if ('answer' in step) return step.answer
      if ('ask' in step) steps.push(await this.#askHuman(step.ask, mayAskHuman, record))
      else {
        const tool = toolOf(step.tool, tools, record)
        const output = await assignment.use(tool, step.input, record)
        steps.push({ tool: tool.name, input: step.input, output })
      }
    }
    throw agentError('task', `Task ${record.taskName} was not done within ${MOST_STEPS} steps`)
  }

  async #askHuman(asked: string, mayAsk: boolean, task: TaskRecord): Promise<AgentObservation> {
    if (!mayAsk) throw agentError('task', `Task ${task.taskName} may not ask a human`)
    this.#record.state = 'WAITING_FOR_HUMAN'
    task.state = 'WAITING_FOR_HUMAN'
    const answered = await this.#ask(asked)
    this.#record.state = 'RUNNING'
    task.state = 'RUNNING'
    return { asked, answered }
  }

  #use(tool: AgentObject, input: ToolInputValues, task: TaskRecord): Promise<string> {
    const { history, registry } = this.#services
    const { user } = this.#context
    const facts = { user, task, toolName: tool.name, input: JSON.stringify(input) }
    return history.trackTool(facts, () => runTool({ tool, input, registry, context: this.#ownContext() }))
  }

  #get(kind: 'agent' | 'task' | 'tool', name: string): AgentObject {
    return this.#services.objects.getEnabled(kind, this.#team.owner, name)
  }

  /** The call as one of the team's owner: profiles are the owner's, queries run as the caller. */
  #ownContext(): CallContext {
    return { ...this.#context, user: this.#team.owner }
  }
}

function toolOf(name: string, tools: readonly AgentToolDescription[], { taskName }: TaskRecord): AgentToolDescription {
  const tool = tools.find((each) => each.name === name.trim().toUpperCase())
  if (tool === undefined) throw agentError('tool', `Tool ${name} is not among the tools of the task ${taskName}`)
  return tool
}

/** Puts values in place of `{name}`. */
function fillIn(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  )
}

/** The result that a task builds upon. @throws OracleError ORA-20051 when no task before has given it */
function inputOf(task: AgentObject, results: ReadonlyMap<string, string>): string | undefined {
  const name = inputTask(task)
  const result = results.get(name)
  if (name === '' || result !== undefined) return result
  throw agentError('task', `Task ${name} has no result that task ${task.name} could use`)
}

function inputTask({ attributes }: AgentObject): string {
  return String(attributes.input ?? '').toUpperCase()
}
