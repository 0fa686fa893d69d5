import type { ServiceSetup, TestService } from '../test-service.ts'

/** What a behaviour is tried with. */
export interface Trial {
  /** Makes an application, opens it and lets it listen. */
  start(setup?: ServiceSetup): Promise<TestService>
  /** Makes an application and opens nothing. */
  make(setup?: ServiceSetup): Promise<TestService>
}

/** Rejects when an adapter does not have the behaviour. */
export type Behaviour = (trial: Trial) => Promise<void>

/** By name. A name is a sentence that stays: reports and declared gaps refer to it. */
export type Behaviours = Readonly<Record<string, Behaviour>>
