import { checkParts } from '../attributes/check-parts.ts'
import { SelectAIArgumentError } from '../errors/select-ai-argument-error.ts'
import { checkText } from '../pool/check-values.ts'

/** How rows are made. What is left out is decided by the database. */
export interface SyntheticDataParams {
  /** How many rows of the table the model gets to see, so that the new ones are like them. Default: none. */
  readonly sampleRows?: number | undefined
  /** Whether the model gets the statistics of the table. Default: false. */
  readonly tableStatistics?: boolean | undefined
  /** How much of the database the call may use: by that, several parts are made at the same time. Default: `HIGH`. */
  readonly priority?: 'HIGH' | 'MEDIUM' | 'LOW' | undefined
  /** Whether the model gets the comments on table and columns. Default: false. */
  readonly comments?: boolean | undefined
}

/** Rows for one table. */
export interface SyntheticTable {
  /** The table. */
  readonly objectName: string
  /** Its owner. Default: the current schema. */
  readonly ownerName?: string | undefined
  /** How many rows, 0 or more. */
  readonly recordCount: number
  /** What the rows should be like, in words, for example `Releases of the years 2010 to 2020 alone.` */
  readonly userPrompt?: string | undefined
  /** How the rows are made. */
  readonly params?: SyntheticDataParams | undefined
  /** Not together with `objectName`. */
  readonly objectList?: undefined
}

/** One of several tables. */
export interface SyntheticTableEntry {
  /** The table's owner. */
  readonly owner: string
  /** The table. */
  readonly name: string
  /** How many rows, 0 or more. */
  readonly recordCount: number
  /** What the rows should be like, in words. */
  readonly userPrompt?: string | undefined
}

/** Rows for several tables, so that children find their parents. */
export interface SyntheticTables {
  /** The tables; their order does not matter. */
  readonly objectList: readonly SyntheticTableEntry[]
  /** How the rows are made. */
  readonly params?: SyntheticDataParams | undefined
  /** Not together with `objectList`. */
  readonly objectName?: undefined
  /** Belongs to each entry of `objectList`. */
  readonly ownerName?: undefined
  /** Belongs to each entry of `objectList`. */
  readonly recordCount?: undefined
  /** Belongs to each entry of `objectList`. */
  readonly userPrompt?: undefined
}

/** What rows are wanted: either of one table, or of several. */
export type SyntheticDataRequest = SyntheticTable | SyntheticTables

/** A request that was checked, as it is sent; null is NULL. */
export type CheckedSyntheticData =
  | {
      readonly objectName: string
      readonly ownerName: string | null
      readonly recordCount: number
      readonly userPrompt: string | null
      readonly params: string | null
    }
  | { readonly objectList: string; readonly params: string | null }

const partsOfTable = ['ownerName', 'recordCount', 'userPrompt']
const partsOfRequest = ['objectName', 'objectList', ...partsOfTable, 'params']
const partsOfEntry = ['owner', 'name', 'recordCount', 'userPrompt']
const priorities = ['HIGH', 'MEDIUM', 'LOW']

/** @throws SelectAIArgumentError */
export function checkSyntheticData(request: SyntheticDataRequest): CheckedSyntheticData {
  checkParts('request', request, partsOfRequest)
  const { objectName, objectList } = request
  if ((objectName === undefined) === (objectList === undefined)) {
    throw new SelectAIArgumentError({ argument: 'request', message: 'must have either objectName or objectList.' })
  }
  const params = checkParams(request.params)
  if (objectList !== undefined) return { objectList: checkList(request as SyntheticTables), params }
  const { ownerName, recordCount, userPrompt } = request as SyntheticTable
  return {
    objectName: checkText('request.objectName', objectName),
    ownerName: optionalText('request.ownerName', ownerName),
    recordCount: checkCount('request.recordCount', recordCount),
    userPrompt: optionalText('request.userPrompt', userPrompt),
    params,
  }
}

/** The list as the JSON that the database takes. */
function checkList(request: SyntheticTables): string {
  const { objectList } = request
  const misplaced = partsOfTable.find((name) => request[name as keyof SyntheticTables] !== undefined)
  if (misplaced !== undefined) {
    const message = `belongs to objectName; each entry of objectList has ${partsOfEntry.join(', ')} of its own.`
    throw new SelectAIArgumentError({ argument: `request.${misplaced}`, message })
  }
  if (!Array.isArray(objectList) || objectList.length === 0) {
    const message = 'must be an array of { owner, name, recordCount, userPrompt? } with at least one entry.'
    throw new SelectAIArgumentError({ argument: 'request.objectList', message })
  }
  return JSON.stringify(objectList.map((entry, index) => checkEntry(`request.objectList[${index}]`, entry)))
}

function checkEntry(argument: string, entry: SyntheticTableEntry): object {
  checkParts(argument, entry, partsOfEntry)
  return {
    owner: checkText(`${argument}.owner`, entry.owner),
    name: checkText(`${argument}.name`, entry.name),
    record_count: checkCount(`${argument}.recordCount`, entry.recordCount),
    user_prompt: optionalText(`${argument}.userPrompt`, entry.userPrompt) ?? undefined,
  }
}

/** The parameters as the JSON that the database takes; null when none is given. */
function checkParams(params: SyntheticDataParams | undefined): string | null {
  if (params === undefined) return null
  checkParts('request.params', params, ['sampleRows', 'tableStatistics', 'priority', 'comments'])
  const { sampleRows, tableStatistics, priority, comments } = params
  if (priority !== undefined && !priorities.includes(priority)) {
    const message = `must be one of ${priorities.join(', ')}.`
    throw new SelectAIArgumentError({ argument: 'request.params.priority', message })
  }
  const json = JSON.stringify({
    sample_rows: sampleRows === undefined ? undefined : checkCount('request.params.sampleRows', sampleRows),
    table_statistics: checkTruth('request.params.tableStatistics', tableStatistics),
    priority,
    comments: checkTruth('request.params.comments', comments),
  })
  return json === '{}' ? null : json
}

function checkCount(argument: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new SelectAIArgumentError({ argument, message: 'must be a whole number of rows, 0 or more.' })
}

function checkTruth(argument: string, value: boolean | undefined): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value
  throw new SelectAIArgumentError({ argument, message: 'must be true or false.' })
}

function optionalText(argument: string, value: string | undefined): string | null {
  return value === undefined ? null : checkText(argument, value)
}
