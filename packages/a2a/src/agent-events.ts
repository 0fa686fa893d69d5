import { randomUUID } from 'node:crypto'
import { type Message, Role, type TaskState, type TaskStatus } from '@a2a-js/sdk'
import { AgentEvent, type AgentExecutionEvent } from '@a2a-js/sdk/server'
import type { Failure } from './failure.ts'

/** Name of the artifact that a task's result is in. */
export const artifactName = 'database-agent-result'

/** Which task of which context something is about. */
export interface TaskReference {
  readonly taskId: string
  readonly contextId: string
}

/** What the agent says about the state of a task. */
export interface Remark {
  readonly text: string
  readonly failure?: Failure | undefined
  /** What follows the text, with the extension of A2A that it is written in. */
  readonly attachment?: { readonly parts: Message['parts']; readonly extension: string } | undefined
}

/** The first event of every turn. */
export function taskEvent({ taskId, contextId }: TaskReference, state: TaskState): AgentExecutionEvent {
  const status: TaskStatus = { state, message: undefined, timestamp: new Date().toISOString() }
  return AgentEvent.task({ id: taskId, contextId, status, artifacts: [], history: [], metadata: undefined })
}

/** A task has got into another state. */
export function statusEvent(reference: TaskReference, state: TaskState, remark?: Remark): AgentExecutionEvent {
  return AgentEvent.statusUpdate({ ...reference, status: statusOf(reference, state, remark), metadata: undefined })
}

/** The state of a task now, with what there is to say about it. */
export function statusOf(reference: TaskReference, state: TaskState, remark?: Remark): TaskStatus {
  const message = remark && messageOf(reference, remark)
  return { state, message, timestamp: new Date().toISOString() }
}

/** The result of a task. */
export function resultEvent(reference: TaskReference, text: string): AgentExecutionEvent {
  const artifact = {
    artifactId: randomUUID(),
    name: artifactName,
    description: '',
    parts: [textPart(text)],
    metadata: undefined,
    extensions: [],
  }
  return AgentEvent.artifactUpdate({ ...reference, artifact, append: false, lastChunk: true, metadata: undefined })
}

function messageOf(reference: TaskReference, { text, failure, attachment }: Remark): Message {
  return {
    ...reference,
    messageId: randomUUID(),
    role: Role.ROLE_AGENT,
    parts: [textPart(text), ...(attachment?.parts ?? [])],
    metadata: failure && { code: failure.code, requestId: failure.requestId },
    extensions: attachment ? [attachment.extension] : [],
    referenceTaskIds: [],
  }
}

function textPart(text: string): Message['parts'][number] {
  return { content: { $case: 'text', value: text }, metadata: undefined, filename: '', mediaType: 'text/plain' }
}
