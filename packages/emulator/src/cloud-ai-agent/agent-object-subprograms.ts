import { jsonArgument } from '../cloud-ai/json-argument.ts'
import { statusOf } from '../cloud-ai/object-status.ts'
import type { Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { BOOLEAN, CLOB, varchar2 } from '../values/oracle-type.ts'
import { type AgentObjectKind, agentObjectKind, agentObjectKinds } from './agent-object-kind.ts'
import type { AgentObjectStore } from './agent-object-store.ts'

const OBJECT_NAME: Parameter = { name: 'OBJECT_NAME', mode: 'in', type: varchar2(128) }
const OBJECT_TYPE: Parameter = { name: 'OBJECT_TYPE', mode: 'in', type: varchar2(128) }

/** CREATE_, DROP_, ENABLE_ and DISABLE_ of agents, tasks, tools and teams, SET_ATTRIBUTE and SET_ATTRIBUTES. */
export function agentObjectSubprograms(objects: AgentObjectStore): readonly Subprogram[] {
  const kinds = Object.keys(agentObjectKinds) as AgentObjectKind[]
  return [...kinds.flatMap((kind) => lifeCycle(kind, objects)), setAttribute(objects), setAttributes(objects)]
}

function lifeCycle(kind: AgentObjectKind, objects: AgentObjectStore): readonly Subprogram[] {
  const { parameter } = agentObjectKinds[kind]
  const name: Parameter = { name: parameter, mode: 'in', type: varchar2(128) }
  const word = kind.toUpperCase()
  return [
    {
      name: `DBMS_CLOUD_AI_AGENT.CREATE_${word}`,
      parameters: [
        name,
        { name: 'ATTRIBUTES', mode: 'in', type: CLOB },
        { name: 'STATUS', mode: 'in', type: varchar2(), default: null },
        { name: 'DESCRIPTION', mode: 'in', type: CLOB, default: null },
      ],
      run(values, { user }) {
        objects.create(kind, user, {
          name: textArgument(values[parameter]),
          attributes: jsonArgument(values.ATTRIBUTES),
          status: statusOf(textArgument(values.STATUS)),
          description: textArgument(values.DESCRIPTION) || null,
        })
        return {}
      },
    },
    {
      name: `DBMS_CLOUD_AI_AGENT.DROP_${word}`,
      parameters: [name, { name: 'FORCE', mode: 'in', type: BOOLEAN, default: false }],
      run(values, { user }) {
        objects.drop(kind, user, textArgument(values[parameter]), values.FORCE === true)
        return {}
      },
    },
    ...(['ENABLED', 'DISABLED'] as const).map(
      (status): Subprogram => ({
        name: `DBMS_CLOUD_AI_AGENT.${status.slice(0, -1)}_${word}`,
        parameters: [name],
        run(values, { user }) {
          objects.setStatus(kind, user, textArgument(values[parameter]), status)
          return {}
        },
      }),
    ),
  ]
}

function setAttribute(objects: AgentObjectStore): Subprogram {
  return {
    name: 'DBMS_CLOUD_AI_AGENT.SET_ATTRIBUTE',
    parameters: [
      OBJECT_NAME,
      OBJECT_TYPE,
      { name: 'ATTRIBUTE_NAME', mode: 'in', type: varchar2() },
      { name: 'ATTRIBUTE_VALUE', mode: 'in', type: CLOB, default: null },
    ],
    run(values, { user }) {
      const kind = agentObjectKind(textArgument(values.OBJECT_TYPE))
      const change = { [textArgument(values.ATTRIBUTE_NAME)]: textArgument(values.ATTRIBUTE_VALUE) }
      objects.setAttributes(kind, user, textArgument(values.OBJECT_NAME), change)
      return {}
    },
  }
}

function setAttributes(objects: AgentObjectStore): Subprogram {
  return {
    name: 'DBMS_CLOUD_AI_AGENT.SET_ATTRIBUTES',
    parameters: [OBJECT_NAME, OBJECT_TYPE, { name: 'ATTRIBUTES', mode: 'in', type: CLOB }],
    run(values, { user }) {
      const kind = agentObjectKind(textArgument(values.OBJECT_TYPE))
      objects.setAttributes(kind, user, textArgument(values.OBJECT_NAME), jsonArgument(values.ATTRIBUTES))
      return {}
    },
  }
}
