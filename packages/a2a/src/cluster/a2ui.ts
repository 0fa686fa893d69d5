import type { Message } from '@a2a-js/sdk'
import { type Fields, isFields } from '../check-request.ts'

/** A version of A2UI, the extension of A2A for forms. */
export interface A2UIVersion {
  readonly uri: string
  readonly version: string
  readonly mimeType: string
  /** Catalogs that have the components of our forms, the one for clients that name none first. */
  readonly catalogIds: readonly [string, ...string[]]
}

/** How a form is written for one client. */
export interface A2UIChoice {
  readonly version: A2UIVersion
  readonly catalogId: string
}

type Part = Message['parts'][number]

const latest: A2UIVersion = {
  uri: 'https://a2ui.org/a2a-extension/a2ui/v0.9.1',
  version: 'v0.9.1',
  mimeType: 'application/a2ui+json',
  catalogIds: ['https://a2ui.org/specification/v0_9_1/catalogs/basic/catalog.json'],
}

const former: A2UIVersion = {
  uri: 'https://a2ui.org/a2a-extension/a2ui/v0.9',
  version: 'v0.9',
  mimeType: 'application/json+a2ui',
  catalogIds: [
    'https://a2ui.org/specification/v0_9/catalogs/basic/catalog.json',
    'https://www.gstatic.com/vertexaisearch/a2ui/v0_9/gemini_enterprise_composite_catalog.json',
  ],
}

/** The versions that are spoken, the one for clients that name none first. */
export const a2uiVersions: readonly A2UIVersion[] = [latest, former]

/**
 * Chooses the version and the catalog that a client can show: what it asks for with an extension of A2A, else what the catalogs that
 * it lists belong to. Version 0.9.1 lists its catalogs under `v0.9` still.
 * @param requested - the header `A2A-Extensions`
 */
export function chooseA2UI(message: Fields, requested = ''): A2UIChoice {
  const extensions = [...requested.split(',').map((uri) => uri.trim()), ...listOf(message.extensions)]
  const catalogs = catalogsOf(message)
  const version =
    a2uiVersions.find(({ uri }) => extensions.includes(uri)) ??
    a2uiVersions.find(({ catalogIds }) => catalogIds.some((id) => catalogs.includes(id))) ??
    latest
  const catalogId = version.catalogIds.find((id) => catalogs.includes(id)) ?? version.catalogIds[0]
  return { version, catalogId }
}

/**
 * Parts of a message that bring messages of A2UI. In version 0.3 of A2A the data of a part is an object, so that each message has a
 * part of its own; later the specification wants all of them as one array.
 */
export function a2uiParts(
  messages: readonly object[],
  { version: { version, mimeType } }: A2UIChoice,
  protocolVersion: string,
): Part[] {
  const named = messages.map((message) => ({ version, ...message }))
  const values = protocolVersion === '0.3' ? named : [named]
  return values.map((value) => ({
    content: { $case: 'data', value },
    metadata: { mimeType },
    filename: '',
    mediaType: mimeType,
  }))
}

/** The actions that a message brings, in their order. */
export function actionsOf({ parts }: Fields): Fields[] {
  return (Array.isArray(parts) ? parts : []).filter(isA2UIPart).flatMap(({ data }) => actionsIn(data))
}

/** A message without its forms, to be kept and shown. What its metadata says of the state of forms is left out too. */
export function withoutForms(message: Fields): Fields {
  const { metadata, ...others } = message
  const parts = Array.isArray(message.parts) ? message.parts.filter((part) => !isA2UIPart(part)) : message.parts
  if (!isFields(metadata)) return { ...others, parts }
  const { a2uiClientDataModel, ...kept } = metadata
  return { ...others, parts, metadata: kept }
}

/** Whether a part of a message, in JSON of either version, has to do with a form. Some clients send actions without their type. */
function isA2UIPart(part: unknown): boolean {
  if (!isFields(part) || part.data === undefined) return false
  const { mimeType } = Object(part.metadata) as Fields
  const type = [mimeType, part.mediaType, part.mimeType].find((each) => typeof each === 'string' && each !== '')
  if (type === undefined) return actionsIn(part.data).length > 0
  return a2uiVersions.some((version) => version.mimeType === type)
}

/** A client of version 0.3 sends one message, or an array as the value of an object. */
function actionsIn(data: unknown): Fields[] {
  const messages = isFields(data) && Array.isArray(data.value) ? data.value : data
  return [messages].flat().flatMap((message) => (isFields(message) && isFields(message.action) ? [message.action] : []))
}

function catalogsOf({ metadata }: Fields): string[] {
  const { a2uiClientCapabilities } = Object(metadata) as Fields
  return Object.values(Object(a2uiClientCapabilities)).flatMap((each) =>
    isFields(each) ? listOf(each.supportedCatalogIds) : [],
  )
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
