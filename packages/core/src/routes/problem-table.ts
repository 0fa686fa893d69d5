/** How a failure looks to the client. */
export interface Problem {
  readonly status: number
  readonly code: string
  /** A fixed sentence. It never contains anything from the request, the driver or the database. */
  readonly detail: string
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number
  /** The parameter or field that is wrong. */
  readonly field?: string
  /** Headers of the response, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

export function titleOf(status: number): string {
  return titles[status] ?? 'Error'
}

const internal: Problem = {
  status: 500,
  code: 'INTERNAL_ERROR',
  detail: 'Something went wrong here. The request identifier helps the operator to find out what.',
}

const databaseUnavailable = {
  status: 503,
  detail: 'The database cannot be reached at the moment. Try again later.',
  retryAfterSeconds: 5,
}

const databaseFailed = {
  status: 502,
  detail: 'The database could not answer the question. The request identifier helps the operator to find out why.',
}

const problems: readonly Problem[] = [
  { ...databaseUnavailable, code: 'CONNECT_FAILED' },
  { ...databaseUnavailable, code: 'CONNECTION_LOST' },
  { ...databaseUnavailable, code: 'LOGIN_FAILED' },
  { ...databaseFailed, code: 'DATABASE_ERROR' },
  { ...databaseFailed, code: 'MISSING_PRIVILEGE' },
  { ...databaseFailed, code: 'PROFILE_CREDENTIAL_MISSING' },
  { ...databaseFailed, code: 'NETWORK_ACCESS_DENIED' },
  {
    status: 502,
    code: 'DATA_ACCESS_DISABLED',
    detail: 'The database does not send rows to AI providers, so that it cannot tell them in words.',
  },
  {
    status: 502,
    code: 'PROVIDER_FAILED',
    detail: 'The AI provider behind the database failed to answer. Try again later.',
  },
  {
    status: 502,
    code: 'ANSWER_TOO_LONG',
    detail: 'The answer was longer than this service passes on. Ask for less.',
  },
  {
    status: 503,
    code: 'POOL_QUEUE_FULL',
    detail: 'Too many questions are waiting already. Try again shortly.',
    retryAfterSeconds: 2,
  },
  {
    status: 503,
    code: 'POOL_TIMEOUT',
    detail: 'All database connections stayed busy for too long. Try again shortly.',
    retryAfterSeconds: 2,
  },
  {
    status: 503,
    code: 'POOL_CLOSED',
    detail: 'The service is shutting down. Try again shortly.',
    retryAfterSeconds: 5,
  },
  { status: 504, code: 'CALL_TIMEOUT', detail: 'The question took longer than this service waits for an answer.' },
  { status: 499, code: 'CALL_ABORTED', detail: 'The client closed the request before the answer was there.' },
  {
    status: 404,
    code: 'PROFILE_NOT_FOUND',
    detail: 'There is no such profile, or it may not be used for this.',
  },
  { status: 409, code: 'PROFILE_EXISTS', detail: 'There is a profile of that name already.' },
  { status: 422, code: 'INVALID_ATTRIBUTE', detail: 'The database does not accept an attribute or its value.' },
  {
    status: 422,
    code: 'FEEDBACK_REFUSED',
    detail: 'There is no such statement to give feedback on, or none was given.',
  },
  {
    status: 502,
    code: 'PROFILE_REPLACE_FAILED',
    detail: 'The profile could not be replaced, and the old one is gone. Create it again.',
  },
  { status: 404, code: 'AGENT_OBJECT_NOT_FOUND', detail: 'There is no such agent, task, tool or team.' },
  { status: 409, code: 'AGENT_OBJECT_EXISTS', detail: 'There is an agent, task, tool or team of that name already.' },
  {
    status: 409,
    code: 'AGENT_OBJECT_DISABLED',
    detail: 'The agent, task, tool or team may not be used at the moment.',
  },
  { status: 404, code: 'VECTOR_INDEX_NOT_FOUND', detail: 'There is no such vector index, or it is disabled.' },
  { status: 409, code: 'VECTOR_INDEX_EXISTS', detail: 'There is a vector index of that name already.' },
  { status: 409, code: 'VECTOR_TABLE_EXISTS', detail: 'There is a table of the name that the vector index wants.' },
  {
    status: 502,
    code: 'VECTOR_INDEX_REPLACE_FAILED',
    detail: 'The vector index could not be replaced, and the old one is gone. Create it again.',
  },
  { status: 404, code: 'CREDENTIAL_NOT_FOUND', detail: 'There is no such credential.' },
  { status: 404, code: 'USER_NOT_FOUND', detail: 'There is no such user.' },
  { status: 409, code: 'CREDENTIAL_EXISTS', detail: 'There is a credential of that name already.' },
  { status: 404, code: 'CONVERSATION_NOT_FOUND', detail: 'There is no such conversation, or it is over.' },
  {
    status: 422,
    code: 'NO_SQL_GENERATED',
    detail: 'No SQL could be generated for the question. Name the data more precisely, or ask something else.',
  },
  { status: 400, code: 'INVALID_ARGUMENT', detail: 'The request has a value that is not acceptable.' },
  { status: 413, code: 'BODY_TOO_LARGE', detail: 'The body is larger than this service reads.' },
  {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'The body must be JSON in UTF-8, without a content encoding: send it with Content-Type: application/json.',
    headers: { accept: 'application/json' },
  },
  { status: 404, code: 'NOT_FOUND', detail: 'There is nothing at this path.' },
  { status: 405, code: 'METHOD_NOT_ALLOWED', detail: 'This path does not answer the method; see the Allow header.' },
]

const byCode: ReadonlyMap<string, Problem> = new Map(problems.map((problem) => [problem.code, problem]))

/** The one table from a failure's code to what the client is told; a code that is not in it is an internal error. */
export function problemOf(code: string): Problem {
  return byCode.get(code) ?? internal
}
