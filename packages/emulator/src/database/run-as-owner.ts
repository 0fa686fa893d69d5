import type { RunAsOwner } from '../cloud-ai/vector-index/run-as-owner.ts'
import type { SqlEngine } from '../sql/sql-engine.ts'

/** Runs the work of pipelines and of searches in sessions of their own. */
export function runAsOwnerOn(engine: SqlEngine): RunAsOwner {
  return async (owner, signal, work) => {
    const session = engine.session(owner)
    try {
      const result = await work((sql, binds = {}) => session.execute(sql, binds, () => undefined, signal))
      await session.commit()
      return result
    } finally {
      session.close()
    }
  }
}
