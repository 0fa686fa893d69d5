import { problemOf } from './problem-table.ts'
import { requestIdOf } from './request-id.ts'
import { problemResponse } from './response.ts'
import type { Route, RouteRequest, RouteResponse } from './route.ts'

/** Lets the route answer its own methods, refuses the others with 405, and turns whatever is thrown into a 500. */
export function withMethods(route: Route): Route {
  const notAllowed = { ...problemOf('METHOD_NOT_ALLOWED'), headers: { allow: route.methods.join(', ') } }
  const handle = (request: RouteRequest): Promise<RouteResponse> => {
    if (!route.methods.includes(request.method)) {
      return Promise.resolve(problemResponse(notAllowed, requestIdOf(request)))
    }
    return route.handle(request).catch(() => problemResponse(problemOf('INTERNAL_ERROR'), requestIdOf(request)))
  }
  return { ...route, handle }
}
