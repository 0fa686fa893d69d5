import type { CallContext, Parameter, Subprogram } from '../execution/subprogram.ts'
import { varchar2 } from '../values/oracle-type.ts'
import type { ProfileStore } from './profile-store.ts'

const STATE = 'DBMS_CLOUD_AI'
/** Prompts that a profile with `conversation` set remembers within a session. */
const REMEMBERED_TURNS = 10

export interface Turn {
  readonly prompt: string
  readonly response: string
}

/** What DBMS_CLOUD_AI keeps for one session. */
interface SessionState {
  /** With its owner. */
  profile: { readonly owner: string; readonly name: string } | null
  /** Turns by profile name, oldest first. */
  readonly turns: Map<string, Turn[]>
}

function sessionState(context: CallContext): SessionState {
  const known = context.packageState.get(STATE) as SessionState | undefined
  if (known !== undefined) return known
  const state: SessionState = { profile: null, turns: new Map() }
  context.packageState.set(STATE, state)
  return state
}

/** The profile named by SET_PROFILE in this session, as OWNER.NAME; null when there is none. */
export function sessionProfileName(context: CallContext): string | null {
  const { profile } = sessionState(context)
  return profile === null ? null : `"${profile.owner}".${profile.name}`
}

export function sessionTurns(context: CallContext, profileName: string): readonly Turn[] {
  return sessionState(context).turns.get(profileName) ?? []
}

export function rememberTurn(context: CallContext, profileName: string, turn: Turn): void {
  const { turns } = sessionState(context)
  turns.set(profileName, [...(turns.get(profileName) ?? []), turn].slice(-REMEMBERED_TURNS))
}

const PROFILE_NAME: Parameter = { name: 'PROFILE_NAME', mode: 'in', type: varchar2(128) }

/** SET_PROFILE, GET_PROFILE (function and procedure) and CLEAR_PROFILE. */
export function sessionProfileSubprograms(profiles: ProfileStore): readonly Subprogram[] {
  return [
    {
      name: 'DBMS_CLOUD_AI.SET_PROFILE',
      parameters: [PROFILE_NAME],
      run({ PROFILE_NAME: name }, context) {
        sessionState(context).profile = profiles.resolve(context.user, String(name ?? ''))
        return {}
      },
    },
    {
      name: 'DBMS_CLOUD_AI.GET_PROFILE',
      parameters: [],
      returns: varchar2(128),
      run: (_, context) => ({ value: sessionState(context).profile?.name ?? null }),
    },
    {
      name: 'DBMS_CLOUD_AI.GET_PROFILE',
      parameters: [
        { name: 'PROFILE_NAME', mode: 'out', type: varchar2(128) },
        { name: 'PROFILE_OWNER', mode: 'out', type: varchar2(128) },
      ],
      run(_, context) {
        const { profile } = sessionState(context)
        return { out: { PROFILE_NAME: profile?.name ?? null, PROFILE_OWNER: profile?.owner ?? null } }
      },
    },
    {
      name: 'DBMS_CLOUD_AI.CLEAR_PROFILE',
      parameters: [],
      run(_, context) {
        sessionState(context).profile = null
        return {}
      },
    },
  ]
}
