import { type Fields, isFields } from '../check-request.ts'

/** The extension of A2A that the form is written in: A2UI 0.9.1. */
export const formExtension = 'https://a2ui.org/a2a-extension/a2ui/v0.9.1'

/** What a session of a worker needs. It is passed on once and kept nowhere. */
export interface Login {
  readonly dsn: string
  readonly user: string
  readonly password: string
  readonly team: string
}

/** What a filled form has; a mistake names the field and the fix, never what was typed. */
export type FilledForm = { readonly login: Login } | { readonly mistake: string }

/** A part of a message with data, in the names of both versions of A2A. */
export interface FormPart {
  readonly data: readonly object[]
  readonly metadata: { readonly mimeType: string }
}

const mimeType = 'application/a2ui+json'
const version = 'v0.9.1'
const catalogId = 'https://a2ui.org/specification/v0_9_1/catalogs/basic/catalog.json'
const actionName = 'select_ai_login'
const longestValue = 1024

const labels: Readonly<Record<keyof Login, string>> = {
  dsn: 'Connect string of the database',
  user: 'User',
  password: 'Password',
  team: 'Agent team',
}
const names = Object.keys(labels) as (keyof Login)[]

/** The form that asks for the login of a context. Each form is a surface of its own, so that an old one is never changed. */
export function loginForm(surfaceId: string): FormPart {
  const messages = [
    { createSurface: { surfaceId, catalogId } },
    { updateComponents: { surfaceId, components: [...layout(), ...names.map(field), ...button()] } },
  ]
  return { data: messages.map((message) => ({ version, ...message })), metadata: { mimeType } }
}

/** Whether a part of a message, in JSON of either version, has to do with a form: it may hold a password, so it is kept nowhere. */
export function isFormPart(part: unknown): boolean {
  if (!isFields(part) || part.data === undefined) return false
  return part.mediaType === mimeType || (isFields(part.metadata) && part.metadata.mimeType === mimeType)
}

/** A message without its forms, to be kept and shown. What its metadata says of the state of forms is left out too. */
export function withoutForms(message: Fields): Fields {
  const { metadata, ...others } = message
  const parts = Array.isArray(message.parts) ? message.parts.filter((part) => !isFormPart(part)) : message.parts
  if (!isFields(metadata)) return { ...others, parts }
  const { a2uiClientDataModel, ...kept } = metadata
  return { ...others, parts, metadata: kept }
}

/** What the last form of a message has; undefined when it brings none. */
export function readLoginForm(message: Fields): FilledForm | undefined {
  const parts = Array.isArray(message.parts) ? message.parts.filter(isFormPart) : []
  const action = parts.flatMap(({ data }) => messagesOf(data)).findLast(isLogin)?.action
  if (action === undefined) return undefined
  return check(isFields(action.context) ? action.context : {})
}

/** Version 0.3 of A2A has no arrays as data: there they are the value of an object, or one message stands alone. */
function messagesOf(data: unknown): unknown[] {
  const messages = isFields(data) && Array.isArray(data.value) ? data.value : data
  return Array.isArray(messages) ? messages : [messages]
}

function isLogin(message: unknown): message is { readonly action: Fields } {
  return isFields(message) && isFields(message.action) && message.action.name === actionName
}

function check(values: Fields): FilledForm {
  const wrong = names.find((name) => !isValue(values[name]))
  if (wrong) return { mistake: `${labels[wrong]}: fill in a text of 1 to ${longestValue} characters.` }
  const { dsn, user, password, team } = values as Record<keyof Login, string>
  // Blanks at the ends come from copying; those of a password may be meant.
  return { login: { dsn: dsn.trim(), user: user.trim(), password, team: team.trim() } }
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestValue
}

function layout(): object[] {
  return [
    { id: 'root', component: 'Column', children: ['title', ...names, 'submit'] },
    { id: 'title', component: 'Text', text: 'Log on to the database of the agent team', variant: 'h3' },
  ]
}

function field(name: keyof Login): object {
  const variant = name === 'password' ? 'obscured' : 'shortText'
  return { id: name, component: 'TextField', label: labels[name], value: { path: `/${name}` }, variant }
}

function button(): object[] {
  const context = Object.fromEntries(names.map((name) => [name, { path: `/${name}` }]))
  return [
    { id: 'submit-label', component: 'Text', text: 'Log on' },
    { id: 'submit', component: 'Button', child: 'submit-label', action: { event: { name: actionName, context } } },
  ]
}
