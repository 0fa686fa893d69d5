import type { UserBelongings } from '../../execution/user-belongings.ts'
import { OracleError } from '../../oracle-error.ts'
import { Pipeline, type PipelineServices } from './pipeline.ts'
import type { VectorIndex, VectorIndexStore } from './vector-index-store.ts'

/** The pipelines of all vector indexes. */
export class Pipelines implements UserBelongings {
  readonly #indexes: VectorIndexStore
  readonly #services: PipelineServices
  readonly #pipelines = new Map<number, Pipeline>()
  #nextId = 1

  constructor(indexes: VectorIndexStore, services: PipelineServices) {
    this.#indexes = indexes
    this.#services = services
  }

  all(): readonly Pipeline[] {
    return [...this.#pipelines.values()]
  }

  /** @throws OracleError ORA-20044 when the owner has no such pipeline. */
  get(owner: string, name: string): Pipeline {
    const wanted = name.trim().toUpperCase()
    const pipeline = this.all().find((each) => each.owner === owner && each.name === wanted)
    if (pipeline === undefined) throw new OracleError(20044, `Pipeline ${wanted} does not exist.`)
    return pipeline
  }

  /** The pipeline of an index. */
  of(index: VectorIndex): Pipeline {
    return this.#pipelines.get(index.id) as Pipeline
  }

  /** Makes the pipeline of an index; it is not started. */
  create(index: VectorIndex): Pipeline {
    const current = () => this.#indexes.find(index.owner, index.name) ?? index
    const pipeline = new Pipeline(this.#nextId++, current, this.#services)
    this.#pipelines.set(index.id, pipeline)
    return pipeline
  }

  drop(index: VectorIndex): void {
    this.#pipelines.delete(index.id)
  }

  forgetUser(user: string): void {
    for (const [indexId, pipeline] of this.#pipelines) {
      if (pipeline.owner !== user) continue
      pipeline.close()
      this.#pipelines.delete(indexId)
    }
  }

  /** Breaks off all runs, and starts no more. */
  close(): void {
    for (const pipeline of this.#pipelines.values()) pipeline.close()
  }
}
