import { checkJsonValue } from '../attributes/attribute-types.ts'
import { checkParts } from '../attributes/check-parts.ts'
import { checkPlainName } from '../attributes/object-name.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { booleanBind, textBind } from '../pool/bind-values.ts'
import { runBlock } from '../pool/call-database.ts'
import { type CallOptions, callOptionNames, checkCallOptions } from '../pool/call-options.ts'
import { checkText, isPlainObject } from '../pool/check-values.ts'
import type { ConnectionPool } from '../pool/connection-pool.ts'
import { readAnswer } from '../pool/read-answer.ts'
import * as statements from '../sql/agent-call-statements.ts'
import { checkTextOrObject } from './check-text-or-object.ts'
import { type AgentObjectReference, callOf } from './manage-agent-objects.ts'

/** A place in an object store. */
export interface TeamLocation {
  /** The address. */
  readonly location: string
  /** The credential for it. */
  readonly credentialName: string
}

/** Options of exporting a team. */
export interface ExportTeamOptions extends CallOptions {
  /** Parameters of the database for the export, by its names. Default: none. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
}

/** What a team is imported from: a specification, or a place where there is one. */
export type TeamImport = {
  /** The AI profile that the agents get. */
  readonly profileName: string
  /** Parameters of the database for the import, by its names. Default: none. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** The team's name. Default: that of the specification. */
  readonly teamName?: string | undefined
  /** Replace the objects of the same names. Default: false. */
  readonly force?: boolean | undefined
} & (
  | (TeamLocation & {
      /** Not together with a location. */
      readonly specification?: undefined
    })
  | {
      /** What `team.export()` gave, or the object that it stands for. */
      readonly specification: string | Readonly<Record<string, unknown>>
      /** Not together with a specification. */
      readonly location?: undefined
      /** Not together with a specification. */
      readonly credentialName?: undefined
    }
)

const importParts = ['profileName', 'teamName', 'force', 'params', 'specification', 'location', 'credentialName']
/** The argument has no default in all releases. */
const noParams = {}

export async function exportTeam(team: AgentObjectReference, options: ExportTeamOptions): Promise<string> {
  const { params, others } = readExportOptions(options)
  const input = { team_name: team.name, params }
  return readAnswer(team.pool, callOf(team, 'export', others), statements.exportTeam, input)
}

export async function exportTeamTo(
  team: AgentObjectReference,
  destination: TeamLocation,
  options: ExportTeamOptions,
): Promise<void> {
  checkParts('destination', destination, ['location', 'credentialName'])
  const { location, credentialName } = checkLocation(destination, 'destination')
  const { params, others } = readExportOptions(options)
  await runBlock(team.pool, callOf(team, 'export', others), statements.exportTeamToLocation, ({ driver }) => ({
    team_name: textBind(driver, team.name),
    credential_name: textBind(driver, credentialName),
    location: textBind(driver, location),
    params: textBind(driver, params),
  }))
}

/** Takes `params` out of the options, as JSON text. @throws SelectAIArgumentError */
function readExportOptions(options: ExportTeamOptions): { readonly params: string; readonly others: CallOptions } {
  checkCallOptions(options, [...callOptionNames, 'params'])
  const { params = noParams, ...others } = options
  return { params: checkParams('options.params', params), others }
}

/** The parameters as JSON text. @throws SelectAIArgumentError */
function checkParams(argument: string, params: unknown): string {
  if (!isPlainObject(params)) throw new SelectAIArgumentError({ argument, message: 'must be a plain object.' })
  checkJsonValue(params, argument)
  return JSON.stringify(params)
}

/** @throws SelectAIArgumentError */
export async function importTeam(pool: ConnectionPool, source: TeamImport, options: CallOptions = {}): Promise<void> {
  const { profileName, teamName, force, params, text, place } = checkImport(source)
  checkCallOptions(options, callOptionNames)
  const call = callOf({ pool, kind: 'team', name: teamName ?? 'of the specification' }, 'import', options)
  const statement = place === undefined ? statements.importTeam : statements.importTeamFromLocation
  await runBlock(pool, call, statement, ({ driver }) => ({
    profile_name: textBind(driver, profileName),
    team_name: textBind(driver, teamName),
    force: booleanBind(driver, force),
    params: textBind(driver, params),
    ...(place === undefined
      ? { specification: textBind(driver, text) }
      : { location: textBind(driver, place.location), credential_name: textBind(driver, place.credentialName) }),
  }))
}

interface CheckedImport {
  readonly profileName: string
  readonly teamName: string | undefined
  readonly force: boolean
  readonly params: string | undefined
  readonly text: string | undefined
  readonly place: TeamLocation | undefined
}

function checkImport(source: TeamImport): CheckedImport {
  checkParts('source', source, importParts)
  const { profileName, teamName, force = false, params, specification, location, credentialName } = source
  if (typeof force !== 'boolean') {
    throw new SelectAIArgumentError({ argument: 'source.force', message: 'must be true or false.' })
  }
  const hasPlace = location !== undefined || credentialName !== undefined
  if (hasPlace === (specification !== undefined)) {
    const message = 'must be given, or else location and credentialName; not both.'
    throw new SelectAIArgumentError({ argument: 'source.specification', message })
  }
  return {
    profileName: checkPlainName('source.profileName', profileName),
    teamName: teamName === undefined ? undefined : checkPlainName('source.teamName', teamName),
    force,
    params: params === undefined ? undefined : checkParams('source.params', params),
    text: hasPlace ? undefined : checkTextOrObject('source.specification', specification),
    place: hasPlace ? checkLocation(source, 'source') : undefined,
  }
}

function checkLocation({ location, credentialName }: Partial<TeamLocation>, argument: string): TeamLocation {
  return {
    location: checkText(`${argument}.location`, location),
    credentialName: checkText(`${argument}.credentialName`, credentialName),
  }
}
