import { acceptsEventStream } from './accepts-event-stream.ts'
import { type ActionDefinition, actionDefinitions, type RouteAction } from './actions.ts'
import type { OpenStreams } from './open-streams.ts'
import { problemOfError } from './problem-of-error.ts'
import { type Problem, problemOf } from './problem-table.ts'
import { readBody } from './read-body.ts'
import { inBody, inQuery, type Question, readQuestion } from './read-question.ts'
import { requestIdOf } from './request-id.ts'
import { jsonResponse, problemResponse } from './response.ts'
import type { Route, RouteRequest, RouteResponse } from './route.ts'
import type { RouteCallOptions } from './route-pool.ts'
import { answersWith, eventSchemas, questionSchema } from './route-schemas.ts'
import type { RouteErrorContext, RoutesOptions } from './routes-options.ts'
import type { RoutesPolicy } from './routes-policy.ts'
import { streamAnswer } from './stream-answer.ts'
import { withMethods } from './with-methods.ts'

const failures = [400, 404, 405, 413, 415, 422, 500, 502, 503, 504]

/** The route of one action: checks the question, asks the profile, shapes the answer. */
export function actionRoute(
  name: RouteAction,
  policy: RoutesPolicy,
  { pool, onError }: Pick<RoutesOptions, 'pool' | 'onError'>,
  open: OpenStreams,
): Route {
  const action: ActionDefinition = actionDefinitions[name]
  const { summary, schema } = action
  const path = `${policy.prefix}/${name}`
  const allowed = [...policy.profiles].filter(([, actions]) => actions.has(name))
  const profiles = new Map(allowed.map(([profile]) => [profile, pool.profile(profile)]))
  const labels = { GET: `GET ${path}`, POST: `POST ${path}` }
  const { maxBodyBytes, heartbeatMs, stallTimeoutMs } = policy

  async function handle(request: RouteRequest): Promise<RouteResponse> {
    const requestId = requestIdOf(request)
    const question =
      request.method === 'POST' ? await questionInBody(request, policy) : readQuestion(request.query, inQuery, policy)
    if ('status' in question) return problemResponse(question, requestId)
    const { prompt } = question
    const profile = profiles.get(question.profile)
    if (profile === undefined) return problemResponse(problemOf('PROFILE_NOT_FOUND'), requestId)
    const { signal } = request
    const options = { label: request.method === 'POST' ? labels.POST : labels.GET, signal, timeoutMs: policy.timeoutMs }
    try {
      if (!action.text) return jsonResponse(200, await action.object(profile, prompt, options, policy), requestId)
      const { text, member } = action
      if (!acceptsEventStream(request)) {
        return jsonResponse(200, { [member]: await text(profile, prompt, options) }, requestId)
      }
      const ask = (more: Partial<RouteCallOptions>): Promise<string> => text(profile, prompt, { ...options, ...more })
      const call = { requestId, heartbeatMs, stallTimeoutMs, clientSignal: signal, ask }
      return await streamAnswer({ ...call, problemOf: (error, reader) => refuse(error, reader, requestId) }, open)
    } catch (error) {
      return problemResponse(refuse(error, signal, requestId), requestId)
    }
  }

  /** Reports a failed call, and says what the client is told. */
  function refuse(error: unknown, signal: AbortSignal | undefined, requestId: string): Problem {
    const problem = problemOfError(error, signal)
    report(onError, error, { requestId, route: name, status: problem.status, code: problem.code })
    return problem
  }

  return withMethods({
    name,
    methods: ['GET', 'POST'],
    path,
    summary,
    maxBodyBytes,
    schemas: {
      question: questionSchema(policy),
      answers: answersWith(schema, failures),
      ...(action.text && { events: eventSchemas }),
    },
    handle,
  })
}

async function questionInBody(request: RouteRequest, policy: RoutesPolicy): Promise<Question | Problem> {
  if (Object.keys(request.query).length > 0) {
    return {
      ...problemOf('INVALID_ARGUMENT'),
      detail: 'The question of a POST stands in its body; the query must be empty.',
    }
  }
  const reading = await readBody(request, policy.maxBodyBytes)
  return 'problem' in reading ? reading.problem : readQuestion(reading.fields, inBody, policy)
}

function report(onError: RoutesOptions['onError'], error: unknown, context: RouteErrorContext): void {
  try {
    onError?.(error, context)
  } catch {
    // A failing logger must not change what the client gets.
  }
}
