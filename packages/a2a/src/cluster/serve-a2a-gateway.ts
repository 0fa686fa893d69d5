import {
  type A2AOptions,
  checkFilledText,
  checkNames,
  checkUrl,
  mistake,
  resolveRequestOptions,
} from '../a2a-options.ts'
import { JsonRpc } from '../json-rpc.ts'
import { type A2AServer, type ListenOptions, listenWith } from '../listen-with.ts'
import { type A2AHandler, createRpcHandler } from '../rpc-handler.ts'
import { checkSecret } from './cluster-secret.ts'
import { Consul } from './consul.ts'
import { gatewayCard } from './gateway-card.ts'
import { GatewayRpc } from './gateway-rpc.ts'
import { LoginExecutor } from './login-executor.ts'
import { type GivenLogin, LoginForm } from './login-form.ts'
import { LoginTasks } from './login-tasks.ts'
import { Workers } from './workers.ts'

/** Options of `serveA2AGateway`. */
export interface ServeA2AGatewayOptions extends ListenOptions, Pick<A2AOptions, 'owner' | 'maxBodyBytes' | 'onError'> {
  /** Where the HTTP API of the Consul agent is, for example `http://127.0.0.1:8500`. */
  readonly consulUrl: string
  /** Token of Consul's access control, where it has one. */
  readonly consulToken?: string | undefined
  /** What the gateway shows to workers: at least 16 characters, the same as theirs. */
  readonly secret: string
  /** Connect string of all logins, so that the form does not ask for it. The workers have to allow it. Default: asked for. */
  readonly dsn?: string | undefined
  /** Agent team of all logins, so that the form does not ask for it. Default: asked for. */
  readonly team?: string | undefined
  /** Endpoints of workers that logins may be sent to besides those on the loopback address, exactly as they are registered. Default: none. */
  readonly allowWorkers?: readonly string[] | undefined
  /** Where clients reach the gateway. Default: the address that it listens on. */
  readonly publicUrl?: string | undefined
  /** Name of the agent, for the agent card. Default: `Select AI`. */
  readonly name?: string | undefined
  /** What the agent can do, for the agent card. Default: that it passes messages on to an agent team of the client's choice. */
  readonly description?: string | undefined
  /** Version of the agent, for the agent card. Default: `1.0.0`. */
  readonly version?: string | undefined
}

const names: readonly string[] = Object.keys({
  host: true,
  port: true,
  consulUrl: true,
  consulToken: true,
  secret: true,
  dsn: true,
  team: true,
  allowWorkers: true,
  publicUrl: true,
  name: true,
  description: true,
  version: true,
  owner: true,
  maxBodyBytes: true,
  onError: true,
} satisfies Record<keyof ServeA2AGatewayOptions, true>)

const defaultDescription = 'Passes messages on to an agent team of Oracle Select AI, with the login of its client.'
/** Latest tasks that ask for a login. */
const loginTasksKept = 10_000
/** Node's `fetch` waits no longer than five minutes for an answer. */
const callTimeoutMs = 290_000

/**
 * Serves the agent teams of many users over A2A, without a login of its own: a new context is asked for the login of its database
 * with a form, and a worker that Consul knows of opens a session with it. The later messages of the context go to that worker. The
 * login is passed on once and kept nowhere; Consul is told which worker serves which session, and nothing else.
 *
 * @throws SelectAIArgumentError for a wrong option, ConsulError when Consul does not answer, and what Node says of a port in use
 *
 * @example
 * ```ts
 * const gateway = await serveA2AGateway({ consulUrl: 'http://127.0.0.1:8500', secret: process.env.SELECT_AI_A2A_SECRET ?? '' })
 * console.log(`${gateway.publicUrl}/.well-known/agent-card.json`)
 * process.once('SIGTERM', () => gateway.close())
 * ```
 */
export async function serveA2AGateway(options: ServeA2AGatewayOptions): Promise<A2AServer> {
  const given = Object(options) as ServeA2AGatewayOptions
  return listenWith(given, given.publicUrl, (publicUrl) => createGatewayHandler({ ...given, publicUrl }))
}

function createGatewayHandler(options: ServeA2AGatewayOptions & { readonly publicUrl: string }): A2AHandler {
  checkNames(options, names)
  const { name = 'Select AI', description = defaultDescription, version = '1.0.0' } = options
  for (const [argument, value] of Object.entries({ name, description, version })) checkFilledText(argument, value)
  const requestOptions = resolveRequestOptions(options)
  const { onError } = requestOptions
  const consul = new Consul({ url: options.consulUrl, token: options.consulToken })
  const secret = checkSecret(options.secret)
  const allowWorkers = checkEndpoints(options.allowWorkers ?? [])
  const workers = new Workers({ consul, secret, allowWorkers, callTimeoutMs })
  const card = gatewayCard({ name, description, version, publicUrl: checkUrl('publicUrl', options.publicUrl) })
  const form = new LoginForm(checkGiven(options))
  const executor = new LoginExecutor(workers, form, onError)
  const logins = new JsonRpc({ onError }, card, new LoginTasks(loginTasksKept), executor)
  const rpc = new GatewayRpc({ logins, form, workers, onError })
  return createRpcHandler({
    // Nothing is streamed, so that there is no silence to break.
    options: { ...requestOptions, heartbeatMs: callTimeoutMs },
    async open() {
      await consul.workers()
      return { card, rpc }
    },
    close: (graceMs) => rpc.close(graceMs),
  })
}

function checkGiven({ dsn, team }: ServeA2AGatewayOptions): GivenLogin {
  if (dsn !== undefined) checkFilledText('dsn', dsn)
  if (team !== undefined) checkFilledText('team', team)
  return { ...(dsn !== undefined && { dsn }), ...(team !== undefined && { team }) }
}

/** Without a slash at the end, as workers register them. */
function checkEndpoints(endpoints: unknown): readonly string[] {
  if (!Array.isArray(endpoints)) throw mistake('allowWorkers', 'must be an array of URLs.')
  return endpoints.map((endpoint) => checkUrl('allowWorkers', endpoint, 'https://worker-1.example.com'))
}
