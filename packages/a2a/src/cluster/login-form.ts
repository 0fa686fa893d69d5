import { type Fields, isFields } from '../check-request.ts'
import { actionsOf } from './a2ui.ts'

/** What a session of a worker needs. It is passed on once and kept nowhere. */
export interface Login {
  readonly dsn: string
  readonly user: string
  readonly password: string
  readonly team: string
}

/** What all logins have in common, so that the form does not ask for it. */
export type GivenLogin = Partial<Pick<Login, 'dsn' | 'team'>>

/** What a filled form has; a mistake names the field and the fix, never what was typed. */
export type FilledForm = { readonly login: Login } | { readonly mistake: string }

const actionName = 'select_ai_login'
const longestValue = 1024

const labels: Readonly<Record<keyof Login, string>> = {
  dsn: 'Connect string of the database',
  user: 'User',
  password: 'Password',
  team: 'Agent team',
}

/** The form that asks for the login of a context, in A2UI. */
export class LoginForm {
  readonly #given: GivenLogin
  readonly #names: readonly (keyof Login)[]

  constructor(given: GivenLogin) {
    this.#given = given
    this.#names = (Object.keys(labels) as (keyof Login)[]).filter((name) => !(name in given))
  }

  /** Messages that show it. Each form is a surface of its own, so that an old one is never changed. */
  messages(surfaceId: string, catalogId: string): object[] {
    const components = [...this.#layout(), ...this.#names.map(field), ...this.#button()]
    return [{ createSurface: { surfaceId, catalogId } }, { updateComponents: { surfaceId, components } }]
  }

  /** What the last form of a message has; undefined when it brings none. */
  read(message: Fields): FilledForm | undefined {
    const action = actionsOf(message).findLast(({ name }) => name === actionName)
    if (action === undefined) return undefined
    return this.#check(isFields(action.context) ? action.context : {})
  }

  #check(values: Fields): FilledForm {
    const wrong = this.#names.find((name) => !isValue(values[name]))
    if (wrong) return { mistake: `${labels[wrong]}: fill in a text of 1 to ${longestValue} characters.` }
    const { dsn, user, password, team } = { ...values, ...this.#given } as Login
    // Blanks at the ends come from copying; those of a password may be meant.
    return { login: { dsn: dsn.trim(), user: user.trim(), password, team: team.trim() } }
  }

  #layout(): object[] {
    return [
      { id: 'root', component: 'Column', children: ['title', ...this.#names, 'submit'] },
      { id: 'title', component: 'Text', text: 'Log on to the database of the agent team', variant: 'h3' },
    ]
  }

  #button(): object[] {
    const context = Object.fromEntries(this.#names.map((name) => [name, { path: `/${name}` }]))
    return [
      { id: 'submit-label', component: 'Text', text: 'Log on' },
      { id: 'submit', component: 'Button', child: 'submit-label', action: { event: { name: actionName, context } } },
    ]
  }
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longestValue
}

function field(name: keyof Login): object {
  const variant = name === 'password' ? 'obscured' : 'shortText'
  return { id: name, component: 'TextField', label: labels[name], value: { path: `/${name}` }, variant }
}
