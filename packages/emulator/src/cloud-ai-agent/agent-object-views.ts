import { type DictionaryView, describeView, type ViewRow } from '../execution/dictionary-view.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import { CLOB, NUMBER, type OracleType, varchar2 } from '../values/oracle-type.ts'
import type { AgentObject } from './agent-object.ts'
import { attributeText } from './agent-object-attributes.ts'
import { type AgentObjectKind, agentObjectKinds } from './agent-object-kind.ts'
import type { AgentObjectStore } from './agent-object-store.ts'

const NAME = varchar2(128)
const INSTANT: OracleType = { name: 'TIMESTAMP WITH TIME ZONE', scale: 6 }

/** The views of agents, tasks, tools and teams and of their attributes: USER_ for the user's own, and DBA_ for all. */
export function agentObjectViews(objects: AgentObjectStore): readonly DictionaryView[] {
  return (Object.keys(agentObjectKinds) as AgentObjectKind[]).flatMap((kind) => {
    const { view, columns } = agentObjectKinds[kind]
    const key = { [columns.id]: NUMBER, [columns.name]: NAME }
    const objectTypes = { ...key, STATUS: varchar2(8), DESCRIPTION: CLOB, CREATED: INSTANT, LAST_MODIFIED: INSTANT }
    const attributeTypes = { ...key, ATTRIBUTE_NAME: NAME, ATTRIBUTE_VALUE: CLOB, LAST_MODIFIED: INSTANT }
    const own = (user: string) => objects.list(kind, user)
    const all = () => objects.list(kind)
    return [
      ...pair(view, objectTypes, (object) => [objectRow(object)], own, all),
      ...pair(`${view.replace(/S$/, '')}_ATTRIBUTES`, attributeTypes, attributeRows, own, all),
    ]
  })
}

function pair(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rowsOf: (object: AgentObject) => readonly ViewRow[],
  own: (user: string) => readonly AgentObject[],
  all: () => readonly AgentObject[],
): readonly DictionaryView[] {
  return [
    describeView(`USER_${name}`, types, ({ user }) => own(user).flatMap(rowsOf)),
    describeView(`DBA_${name}`, { OWNER: NAME, ...types }, () => all().flatMap(rowsOf)),
  ]
}

function keyRow({ kind, id, owner, name }: AgentObject): ViewRow {
  const { columns } = agentObjectKinds[kind]
  return { OWNER: owner, [columns.id]: new OracleNumber(id), [columns.name]: name }
}

function objectRow(object: AgentObject): ViewRow {
  const { status, description, created, lastModified } = object
  return { ...keyRow(object), STATUS: status, DESCRIPTION: description, CREATED: created, LAST_MODIFIED: lastModified }
}

function attributeRows(object: AgentObject): readonly ViewRow[] {
  return Object.entries(object.attributes).map(([name, value]) => ({
    ...keyRow(object),
    ATTRIBUTE_NAME: name,
    ATTRIBUTE_VALUE: attributeText(value),
    LAST_MODIFIED: object.lastModified,
  }))
}
