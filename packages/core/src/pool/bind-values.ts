import type { BindParameters, Driver } from './driver-contract.ts'

/** Values of a statement by the names of its binds. */
export type Binds = Extract<BindParameters, Record<string, unknown>>

type Bind = Binds[string]

/** A text to be bound; undefined and null are NULL. */
export function textBind({ BIND_IN, DB_TYPE_VARCHAR }: Driver, value: string | null | undefined): Bind {
  // Only NULL has to be told its type, and a text that is bound as it is costs the driver less.
  return value ?? ({ dir: BIND_IN, type: DB_TYPE_VARCHAR, val: null } as Bind)
}

/** A number to be bound; undefined is NULL. */
export function numberBind({ BIND_IN, DB_TYPE_NUMBER }: Driver, value: number | undefined): Bind {
  return { dir: BIND_IN, type: DB_TYPE_NUMBER, val: value ?? null } as Bind
}

/** A PL/SQL boolean to be bound. */
export function booleanBind({ BIND_IN, DB_TYPE_BOOLEAN }: Driver, value: boolean): Bind {
  return { dir: BIND_IN, type: DB_TYPE_BOOLEAN, val: value } as Bind
}
