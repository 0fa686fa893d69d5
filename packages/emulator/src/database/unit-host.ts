import type { UnitHost } from '../execution/stored-unit.ts'
import type { PlsqlSession } from '../plsql/execution.ts'
import { callStoredFunction } from '../plsql/stored/call-function.ts'
import type { UnitLibrary } from '../plsql/stored/unit-library.ts'

/** Compiles and calls stored units for the SQL of a session. */
export function unitHost(session: PlsqlSession, library: UnitLibrary): UnitHost {
  let depth = 0
  return {
    compile: (unit) => library.compile(unit).unit.compilation,
    call: async (unit, call) => {
      depth += 1
      try {
        return await callStoredFunction(session, library.compile(unit), call, depth)
      } finally {
        depth -= 1
      }
    },
  }
}
