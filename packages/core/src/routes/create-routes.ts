import { actionRoute } from './action-route.ts'
import { healthRoutes } from './health-routes.ts'
import { OpenStreams } from './open-streams.ts'
import { problemOf } from './problem-table.ts'
import { requestIdOf } from './request-id.ts'
import { problemResponse } from './response.ts'
import type { Route, RouteRequest, RouteResponse, Routes } from './route.ts'
import type { RoutesOptions } from './routes-options.ts'
import { routesPolicy } from './routes-policy.ts'

/**
 * Makes the HTTP routes of a pool as plain data: an adapter mounts `list` on its framework's router, a host without a
 * router calls `handle`. Nothing is mounted that `actions` does not list, except the health routes.
 *
 * @example
 * ```ts
 * const routes = createRoutes({ pool, actions: ['chat', 'show_sql'], profiles: ['SALES'] })
 * const { status, headers, body } = await routes.handle({
 *   method: 'GET',
 *   path: '/show_sql',
 *   headers: {},
 *   query: { prompt: 'How many promotions?' },
 * })
 * ```
 *
 * @throws SelectAIArgumentError when an option is wrong or unknown; the message names it.
 */
export function createRoutes(options: RoutesOptions): Routes {
  const policy = routesPolicy(options)
  // Naming a profile does no I/O; a name that the database could never know is refused here.
  for (const name of policy.profiles.keys()) options.pool.profile(name)
  const open = new OpenStreams()
  const isDraining = (): boolean => open.closing || (options.isDraining?.() ?? false)
  const list: readonly Route[] = Object.freeze([
    ...policy.actions.map((action) => actionRoute(action, policy, options, open)),
    ...(policy.health ? healthRoutes({ pool: options.pool, isDraining }, policy) : []),
  ])
  return {
    ...dispatcher(list),
    startClosing: () => open.startClosing(),
  }
}

/** The routes of a pool that mounts none. */
export function noRoutes(): Routes {
  return { ...dispatcher([]), startClosing() {} }
}

function dispatcher(list: readonly Route[]): Pick<Routes, 'list' | 'find' | 'handle'> {
  const byPath = new Map(list.map((route) => [route.path, route]))
  const find: Routes['find'] = ({ method, path }) => (method === 'OPTIONS' ? undefined : byPath.get(path))
  return {
    list,
    find,
    handle: (request) => find(request)?.handle(request) ?? notFound(request),
  }
}

async function notFound(request: RouteRequest): Promise<RouteResponse> {
  return problemResponse(problemOf('NOT_FOUND'), requestIdOf(request))
}
