import type { JsonSchema } from './json-schema.ts'
import type { Route, Routes } from './route.ts'

/** Title and version of the service, as OpenAPI wants them. */
export interface OpenApiInfo {
  readonly title: string
  readonly version: string
  readonly description?: string
}

/** An OpenAPI 3.1 document, ready for `JSON.stringify`. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: OpenApiInfo
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
}

/** One method of one path. */
export interface OpenApiOperation {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
}

/**
 * Describes the mounted routes, and no others, from the table that serves them. The application decides whether and where
 * the document is published; it names no profiles.
 *
 * @example
 * ```ts
 * const document = openApiDocument(routes, { title: 'Questions about sales', version: '1.0.0' })
 * ```
 */
export function openApiDocument(routes: Pick<Routes, 'list'>, info: OpenApiInfo): OpenApiDocument {
  const paths = routes.list.map((route) => {
    const operations = route.methods.map((method) => [method.toLowerCase(), operationOf(route, method)] as const)
    return [route.path, Object.fromEntries(operations)] as const
  })
  return { openapi: '3.1.0', info, paths: Object.fromEntries(paths) }
}

function operationOf(route: Route, method: string): OpenApiOperation {
  const { name, summary, schemas } = route
  return {
    operationId: method === 'GET' ? name : `${name}_${method.toLowerCase()}`,
    summary,
    ...(schemas.question && inputOf(schemas.question, method)),
    responses: responsesOf(route, method),
  }
}

function inputOf(question: JsonSchema, method: string): Pick<OpenApiOperation, 'parameters' | 'requestBody'> {
  if (method === 'POST') {
    return { requestBody: { required: true, content: { 'application/json': { schema: question } } } }
  }
  const parameters = Object.entries(question.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: question.required?.includes(name) ?? false,
    ...(description && { description }),
    schema,
  }))
  return { parameters }
}

function responsesOf({ schemas }: Route, method: string): OpenApiOperation['responses'] {
  const responses = Object.entries(schemas.answers).map(([status, schema]) => {
    const { description = 'The answer.' } = schema
    if (method === 'HEAD') return [status, { description }] as const
    const type =
      Number(status) < 400 || schemas.question === undefined ? 'application/json' : 'application/problem+json'
    return [status, { description, content: { [type]: { schema }, ...streamOf(schemas.events, status) } }] as const
  })
  return Object.fromEntries(responses)
}

function streamOf(events: Route['schemas']['events'], status: string): Readonly<Record<string, object>> {
  if (events === undefined || status !== '200') return {}
  const described = Object.entries(events).map(
    ([name, schema]) => `${name}: ${Object.keys(schema.properties ?? {}).join(', ')}`,
  )
  const description = `Server-sent events, each with one JSON object as its data. ${described.join('; ')}.`
  return { 'text/event-stream': { schema: { type: 'string', description } } }
}
