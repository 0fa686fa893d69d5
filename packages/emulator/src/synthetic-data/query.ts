import type { CallContext } from '../execution/subprogram.ts'

/** Runs a statement as the caller. */
export type Query = CallContext['query']

/** A name as it stands in a statement; it comes from the dictionary, or was folded like one. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '')}"`
}
