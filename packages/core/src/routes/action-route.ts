import { type ActionDefinition, actionDefinitions, type RouteAction } from './actions.ts'
import { problemOfError } from './problem-of-error.ts'
import { problemOf } from './problem-table.ts'
import { readQuestion } from './read-question.ts'
import { requestIdOf } from './request-id.ts'
import { jsonResponse, problemResponse } from './response.ts'
import type { Route, RouteRequest } from './route.ts'
import type { RouteCallOptions } from './route-pool.ts'
import type { RouteErrorContext, RoutesOptions } from './routes-options.ts'
import type { RoutesPolicy } from './routes-policy.ts'
import { withMethods } from './with-methods.ts'

/** The route of one action: checks the question, asks the profile, shapes the answer. */
export function actionRoute(
  name: RouteAction,
  policy: RoutesPolicy,
  { pool, onError }: Pick<RoutesOptions, 'pool' | 'onError'>,
): Route {
  const { summary, answer }: ActionDefinition = actionDefinitions[name]
  const path = `${policy.prefix}/${name}`
  return withMethods({
    name,
    methods: ['GET'],
    path,
    summary,
    handle: async (request) => {
      const requestId = requestIdOf(request)
      const question = readQuestion(request.query, policy)
      if ('status' in question) return problemResponse(question, requestId)
      if (!policy.profiles.get(question.profile)?.has(name)) {
        return problemResponse(problemOf('PROFILE_NOT_FOUND'), requestId)
      }
      try {
        const profile = pool.profile(question.profile)
        const options = callOptions(request, `GET ${path}`, policy.timeoutMs)
        return jsonResponse(200, await answer(profile, question.prompt, options, policy), requestId)
      } catch (error) {
        const problem = problemOfError(error, request.signal)
        report(onError, error, { requestId, route: name, status: problem.status, code: problem.code })
        return problemResponse(problem, requestId)
      }
    },
  })
}

function callOptions({ signal }: RouteRequest, label: string, timeoutMs: number | undefined): RouteCallOptions {
  return { label, ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) }
}

function report(onError: RoutesOptions['onError'], error: unknown, context: RouteErrorContext): void {
  try {
    onError?.(error, context)
  } catch {
    // A failing logger must not change what the client gets.
  }
}
