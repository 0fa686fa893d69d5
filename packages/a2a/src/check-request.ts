import { ContentTypeNotSupportedError, RequestMalformedError } from '@a2a-js/sdk/errors'

/** The fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>

const longestId = 128

const taskMethods: readonly string[] = [
  'GetTask',
  'CancelTask',
  'SubscribeToTask',
  'tasks/get',
  'tasks/cancel',
  'tasks/resubscribe',
]

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Checks the parameters of a method, whichever version it is of, before the protocol's library reads them.
 * @throws RequestMalformedError that names the parameter and the fix; ContentTypeNotSupportedError for a part that is no text.
 */
export function checkParams(method: string, params: unknown): void {
  if (params === undefined && isCardMethod(method)) return
  if (!isFields(params)) throw malformed('params', 'must be an object')
  if (params.tenant !== undefined && params.tenant !== '') throw malformed('tenant', 'must be left out')
  if (isSending(method)) {
    checkMessage(params.message)
    checkConfiguration(params.configuration)
  } else if (isListing(method)) checkFilter(params)
  else if (isOfTask(method)) checkId('id', params.id)
  checkCount('historyLength', params.historyLength)
}

/** Whether the method brings a message. */
export function isSending(method: string): boolean {
  return ['SendMessage', 'SendStreamingMessage', 'message/send', 'message/stream'].includes(method)
}

/** Whether the method asks for a list of tasks. */
export function isListing(method: string): boolean {
  return method === 'ListTasks' || method === 'tasks/list'
}

/** Whether the method is about one task, which its parameter `id` names. */
export function isOfTask(method: string): boolean {
  return taskMethods.includes(method)
}

/** Whether the answer is a stream. */
export function isStreaming(method: string): boolean {
  return ['SendStreamingMessage', 'SubscribeToTask', 'message/stream', 'tasks/resubscribe'].includes(method)
}

function isCardMethod(method: string): boolean {
  return method === 'GetExtendedAgentCard' || method === 'agent/getAuthenticatedExtendedCard'
}

function checkMessage(message: unknown): void {
  if (!isFields(message)) throw malformed('message', 'must be an object')
  checkId('message.messageId', message.messageId)
  if (message.contextId !== undefined && message.contextId !== '') checkId('message.contextId', message.contextId)
  if (message.taskId !== undefined && message.taskId !== '') checkId('message.taskId', message.taskId)
  if (message.role !== 'user' && message.role !== 'ROLE_USER') {
    throw malformed('message.role', 'must be ROLE_USER, or user in version 0.3')
  }
  const { parts } = message
  if (!Array.isArray(parts) || parts.length === 0)
    throw malformed('message.parts', 'must be an array of at least one part')
  if (!parts.every(isFields)) throw malformed('message.parts', 'must be an array of objects')
  if (!parts.every(isTextPart)) {
    throw new ContentTypeNotSupportedError('message.parts: this agent reads text alone; leave out files and data.')
  }
  if (parts.every(({ text }) => (text as string).trim() === '')) {
    throw malformed('message.parts', 'must have a text that is not blank')
  }
  checkIds('message.referenceTaskIds', message.referenceTaskIds)
  checkIds('message.extensions', message.extensions)
}

function isTextPart({ text, kind, raw, url, data, file }: Fields): boolean {
  const isText = typeof text === 'string' && (kind === undefined || kind === 'text')
  return isText && [raw, url, data, file].every((other) => other === undefined)
}

function checkConfiguration(configuration: unknown): void {
  if (configuration === undefined) return
  if (!isFields(configuration)) throw malformed('configuration', 'must be an object')
  checkCount('configuration.historyLength', configuration.historyLength)
  checkIds('configuration.acceptedOutputModes', configuration.acceptedOutputModes)
  for (const name of ['blocking', 'returnImmediately']) {
    const value = configuration[name]
    if (value !== undefined && typeof value !== 'boolean')
      throw malformed(`configuration.${name}`, 'must be true or false')
  }
}

function checkFilter({ contextId, status, pageToken, pageSize, statusTimestampAfter, includeArtifacts }: Fields): void {
  for (const [name, value] of Object.entries({ contextId, status, pageToken, statusTimestampAfter })) {
    if (value !== undefined && typeof value !== 'string') throw malformed(name, 'must be a text')
  }
  checkCount('pageSize', pageSize)
  if (includeArtifacts !== undefined && typeof includeArtifacts !== 'boolean') {
    throw malformed('includeArtifacts', 'must be true or false')
  }
}

function checkId(name: string, id: unknown): void {
  if (typeof id === 'string' && id.trim() !== '' && id.length <= longestId) return
  throw malformed(name, `must be a text of 1 to ${longestId} characters`)
}

function checkIds(name: string, ids: unknown): void {
  if (ids === undefined || (Array.isArray(ids) && ids.every((each) => typeof each === 'string'))) return
  throw malformed(name, 'must be an array of texts')
}

function checkCount(name: string, count: unknown): void {
  if (count === undefined || (Number.isInteger(count) && (count as number) >= 0)) return
  throw malformed(name, 'must be a whole number that is not negative')
}

function malformed(name: string, message: string): RequestMalformedError {
  return new RequestMalformedError(`${name}: ${message}.`)
}
