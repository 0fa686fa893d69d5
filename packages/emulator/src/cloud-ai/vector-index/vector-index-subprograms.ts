import { foldName } from '../../execution/fold-name.ts'
import type { ProviderAccess } from '../../execution/provider-access.ts'
import type { CallContext, Parameter, Subprogram } from '../../execution/subprogram.ts'
import { textArgument } from '../../execution/text-argument.ts'
import { OracleError } from '../../oracle-error.ts'
import { BOOLEAN, CLOB, varchar2 } from '../../values/oracle-type.ts'
import type { OracleValue } from '../../values/oracle-value.ts'
import { answerOrBreak } from '../answer-or-break.ts'
import { jsonArgument } from '../json-argument.ts'
import { type ObjectStatus, statusOf } from '../object-status.ts'
import type { ProfileStore } from '../profile-store.ts'
import type { Pipelines } from './pipelines.ts'
import type { VectorIndex, VectorIndexStore } from './vector-index-store.ts'
import { createVectorTable, dropVectorTable } from './vector-table.ts'

export interface VectorIndexServices {
  readonly indexes: VectorIndexStore
  readonly pipelines: Pipelines
  readonly profiles: ProfileStore
  /** Whether the provider that embeds may be called. */
  readonly providerAccess: ProviderAccess
  /** Whether a user may run a package, by its upper-case name. */
  mayExecute(user: string, packageName: string): boolean
  granteeExists(name: string): boolean
}

type Values = Readonly<Record<string, OracleValue>>

const INDEX_NAME: Parameter = { name: 'INDEX_NAME', mode: 'in', type: varchar2(128) }
const GRANTEE: Parameter = { name: 'USER_OR_ROLE_NAME', mode: 'in', type: varchar2(128) }

const CREATE_PARAMETERS: readonly Parameter[] = [
  INDEX_NAME,
  { name: 'ATTRIBUTES', mode: 'in', type: CLOB, default: null },
  { name: 'STATUS', mode: 'in', type: varchar2(), default: null },
  { name: 'DESCRIPTION', mode: 'in', type: CLOB, default: null },
  { name: 'WAIT_FOR_COMPLETION', mode: 'in', type: BOOLEAN, default: false },
]

const DROP_PARAMETERS: readonly Parameter[] = [
  INDEX_NAME,
  { name: 'INCLUDE_DATA', mode: 'in', type: BOOLEAN, default: true },
  { name: 'FORCE', mode: 'in', type: BOOLEAN, default: false },
]

/** All must be given: two arguments by position are the other overload's. */
const UPDATE_ONE_PARAMETERS: readonly Parameter[] = [
  INDEX_NAME,
  { name: 'ATTRIBUTE_NAME', mode: 'in', type: varchar2() },
  { name: 'ATTRIBUTE_VALUE', mode: 'in', type: CLOB },
]

const UPDATE_PARAMETERS: readonly Parameter[] = [INDEX_NAME, { name: 'ATTRIBUTES', mode: 'in', type: CLOB }]

/** The subprograms of DBMS_CLOUD_AI for vector indexes. */
export function vectorIndexSubprograms(services: VectorIndexServices): readonly Subprogram[] {
  const { indexes } = services
  return [
    subprogram('CREATE_VECTOR_INDEX', CREATE_PARAMETERS, (values, context) => create(values, context, services)),
    subprogram('DROP_VECTOR_INDEX', DROP_PARAMETERS, (values, context) => drop(values, context, services)),
    subprogram('ENABLE_VECTOR_INDEX', [INDEX_NAME], (values, context) =>
      setStatus('ENABLED', values, context, services),
    ),
    subprogram('DISABLE_VECTOR_INDEX', [INDEX_NAME], (values, context) =>
      setStatus('DISABLED', values, context, services),
    ),
    subprogram('UPDATE_VECTOR_INDEX', UPDATE_ONE_PARAMETERS, async (values, context) => {
      update({ [textArgument(values.ATTRIBUTE_NAME)]: values.ATTRIBUTE_VALUE }, values, context, services)
    }),
    subprogram('UPDATE_VECTOR_INDEX', UPDATE_PARAMETERS, async (values, context) => {
      update(jsonArgument(values.ATTRIBUTES), values, context, services)
    }),
    subprogram('GRANT_VECTOR_INDEX_ACCESS', [INDEX_NAME, GRANTEE], async (values, { user }) => {
      indexes.grant(user, textArgument(values.INDEX_NAME), granteeOf(values, services))
    }),
    subprogram('REVOKE_VECTOR_INDEX_ACCESS', [INDEX_NAME, GRANTEE], async (values, { user }) => {
      indexes.revoke(user, textArgument(values.INDEX_NAME), granteeOf(values, services))
    }),
  ]
}

function subprogram(
  name: string,
  parameters: readonly Parameter[],
  run: (values: Values, context: CallContext) => Promise<void>,
): Subprogram {
  return {
    name: `DBMS_CLOUD_AI.${name}`,
    parameters,
    run: async (values, context) => {
      await run(values, context)
      return {}
    },
  }
}

async function create(values: Values, context: CallContext, services: VectorIndexServices): Promise<void> {
  const { indexes, pipelines } = services
  const { user } = context
  checkPipelinePrivilege(user, services)
  const index = indexes.prepare(user, {
    name: textArgument(values.INDEX_NAME),
    attributes: jsonArgument(values.ATTRIBUTES),
    description: textArgument(values.DESCRIPTION) || null,
    status: statusOf(textArgument(values.STATUS)),
  })
  checkProfile(index, services)
  await createVectorTable(index, context)
  indexes.add(index)
  const pipeline = pipelines.create(index)
  await pipeline.statusTable.create((sql) => context.query(sql))
  if (index.status === 'DISABLED') return
  const loading = pipeline.start()
  if (values.WAIT_FOR_COMPLETION === true) await answerOrBreak(() => loading, context.signal)
  else leave(loading)
}

async function drop(values: Values, context: CallContext, services: VectorIndexServices): Promise<void> {
  const { indexes, pipelines } = services
  const name = textArgument(values.INDEX_NAME)
  const isForced = values.FORCE === true
  if (isForced && indexes.find(context.user, name) === undefined) return
  const index = indexes.get(context.user, name)
  const pipeline = pipelines.of(index)
  await pipeline.stop({ force: true })
  if (values.INCLUDE_DATA !== false) await dropTables(index, context, services, isForced)
  pipelines.drop(index)
  indexes.drop(index)
}

async function dropTables(
  index: VectorIndex,
  context: CallContext,
  { pipelines }: VectorIndexServices,
  isForced: boolean,
): Promise<void> {
  const unlessForced = (error: unknown) => {
    if (!isForced || !isMissing(error)) throw error
  }
  await dropVectorTable(index, context).catch(unlessForced)
  const { statusTable } = pipelines.of(index)
  await statusTable
    .drop((sql) => context.query(sql))
    .catch((error: unknown) => {
      if (!isMissing(error)) throw error
    })
}

function isMissing(error: unknown): boolean {
  return error instanceof OracleError && error.number === 942
}

async function setStatus(
  status: ObjectStatus,
  values: Values,
  { user }: CallContext,
  { indexes, pipelines }: VectorIndexServices,
): Promise<void> {
  const index = indexes.setStatus(user, textArgument(values.INDEX_NAME), status)
  const pipeline = pipelines.of(index)
  if (status === 'ENABLED') leave(pipeline.start())
  else await pipeline.stop({ force: true })
}

function update(
  changes: Readonly<Record<string, unknown>>,
  values: Values,
  { user }: CallContext,
  services: VectorIndexServices,
): void {
  const { indexes, pipelines } = services
  const index = indexes.prepareUpdate(user, textArgument(values.INDEX_NAME), changes)
  const changed = Object.keys(changes).map((name) => name.toLowerCase())
  if (changed.includes('profile_name')) checkProfile(index, services)
  indexes.add(index)
  if (changed.includes('refresh_rate')) pipelines.of(index).reschedule()
}

/**
 * An index needs a profile whose provider embeds its chunks.
 * @throws OracleError ORA-20046 when there is none, and what the provider's access fails with
 */
function checkProfile(
  { owner: user, attributes }: VectorIndex,
  { profiles, providerAccess }: VectorIndexServices,
): void {
  const profile = profiles.resolve(user, String(attributes.profile_name))
  providerAccess.check(profile.attributes, { user, profileOwner: profile.owner })
}

/** An index needs the package of pipelines, which is called with the rights of the caller. */
function checkPipelinePrivilege(user: string, { mayExecute }: VectorIndexServices): void {
  if (mayExecute(user, 'DBMS_CLOUD_PIPELINE')) return
  throw new OracleError(
    6550,
    "line 1, column 7:\nPLS-00201: identifier 'DBMS_CLOUD_PIPELINE' must be declared\n" +
      'ORA-06550: line 1, column 7:\nPL/SQL: Statement ignored',
  )
}

/** @throws OracleError ORA-01917 */
function granteeOf(values: Values, { granteeExists }: VectorIndexServices): string {
  const name = foldName(textArgument(values.USER_OR_ROLE_NAME))
  if (!granteeExists(name)) throw new OracleError(1917, `user or role '${name}' does not exist`)
  return name
}

/** Lets a run go on by itself; how it ended is told by the history and the status table. */
function leave(run: Promise<void>): void {
  run.catch(() => {})
}
