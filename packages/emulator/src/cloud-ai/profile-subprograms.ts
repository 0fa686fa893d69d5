import type { Parameter, Subprogram } from '../execution/subprogram.ts'
import { textArgument } from '../execution/text-argument.ts'
import { BOOLEAN, CLOB, varchar2 } from '../values/oracle-type.ts'
import type { FeedbackIndex } from './feedback-index.ts'
import { jsonArgument, lowerCaseKeys } from './json-argument.ts'
import { type ObjectStatus, statusOf } from './object-status.ts'
import type { ProfileStore } from './profile-store.ts'

const PROFILE_NAME: Parameter = { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128) }

const CREATE_PARAMETERS: readonly Parameter[] = [
  PROFILE_NAME,
  { name: 'ATTRIBUTES', mode: 'in', type: CLOB, default: null },
  { name: 'STATUS', mode: 'in', type: varchar2(), default: null },
  { name: 'DESCRIPTION', mode: 'in', type: CLOB, default: null },
]

const DROP_PARAMETERS: readonly Parameter[] = [
  PROFILE_NAME,
  { name: 'FORCE', mode: 'in', type: BOOLEAN, default: false },
]

const SET_ATTRIBUTE_PARAMETERS: readonly Parameter[] = [
  PROFILE_NAME,
  { name: 'ATTRIBUTE_NAME', mode: 'in', type: varchar2() },
  { name: 'ATTRIBUTE_VALUE', mode: 'in', type: CLOB, default: null },
]

const SET_ATTRIBUTES_PARAMETERS: readonly Parameter[] = [PROFILE_NAME, { name: 'ATTRIBUTES', mode: 'in', type: CLOB }]

/** CREATE_PROFILE, DROP_PROFILE, SET_ATTRIBUTE, SET_ATTRIBUTES, ENABLE_PROFILE and DISABLE_PROFILE. */
export function profileSubprograms(profiles: ProfileStore, feedback: FeedbackIndex): readonly Subprogram[] {
  return [
    {
      name: 'DBMS_CLOUD_AI.CREATE_PROFILE',
      parameters: CREATE_PARAMETERS,
      run(values, { user }) {
        profiles.create(user, {
          name: textArgument(values.PROFILE_NAME),
          attributes: jsonArgument(values.ATTRIBUTES),
          status: statusOf(textArgument(values.STATUS)),
          description: textArgument(values.DESCRIPTION) || null,
        })
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.DROP_PROFILE',
      parameters: DROP_PARAMETERS,
      async run(values, context) {
        const { user } = context
        const name = textArgument(values.PROFILE_NAME)
        const profile = profiles.find(user, name)
        if (profile === undefined && values.FORCE === true) return {}
        profiles.drop(user, name)
        if (profile !== undefined) await feedback.drop(profile, context)
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.SET_ATTRIBUTE',
      parameters: SET_ATTRIBUTE_PARAMETERS,
      run(values, { user }) {
        const attribute = textArgument(values.ATTRIBUTE_NAME)
        profiles.setAttributes(user, textArgument(values.PROFILE_NAME), {
          [attribute.toLowerCase()]: textArgument(values.ATTRIBUTE_VALUE) || null,
        })
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.SET_ATTRIBUTES',
      parameters: SET_ATTRIBUTES_PARAMETERS,
      run(values, { user }) {
        profiles.setAttributes(user, textArgument(values.PROFILE_NAME), lowerCaseKeys(jsonArgument(values.ATTRIBUTES)))
        return {}
      },
    },
    statusSubprogram(profiles, 'DBMS_CLOUD_AI.ENABLE_PROFILE', 'ENABLED'),
    statusSubprogram(profiles, 'DBMS_CLOUD_AI.DISABLE_PROFILE', 'DISABLED'),
  ]
}

function statusSubprogram(profiles: ProfileStore, name: string, status: ObjectStatus): Subprogram {
  return {
    name,
    parameters: [PROFILE_NAME],
    run(values, { user }) {
      profiles.setStatus(user, textArgument(values.PROFILE_NAME), status)
      return {}
    },
  }
}
