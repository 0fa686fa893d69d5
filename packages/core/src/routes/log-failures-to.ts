import type { RouteErrorContext, RoutesOptions } from './routes-options.ts'

/** The part of a logger that is needed, as pino and Fastify's `log` have it. */
export interface FailureLogger {
  /** Takes a call that was refused, or whose client has gone. */
  info(context: RouteErrorContext, message: string): void
  /** Takes a call at which the service failed. */
  error(context: RouteErrorContext & { readonly err: unknown }, message: string): void
}

/**
 * An `onError` that writes failed calls to a logger: as errors, with the error, when it is the service that failed, and as
 * information, without it, when the client asked for too much or has gone.
 */
export function logFailuresTo(logger: FailureLogger): NonNullable<RoutesOptions['onError']> {
  return (err, context) => {
    if (context.status < 500) logger.info(context, 'Select AI call refused')
    else logger.error({ err, ...context }, 'Select AI call failed')
  }
}
