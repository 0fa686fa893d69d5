import type { SessionTeam } from '../cloud-ai/cloud-ai.ts'
import type { VectorIndexStore } from '../cloud-ai/vector-index/vector-index-store.ts'
import type { DictionaryView } from '../execution/dictionary-view.ts'
import type { NamesInGrants } from '../execution/public-grantee.ts'
import type { UserBelongings } from '../execution/user-belongings.ts'
import { AgentHistory } from './agent-history.ts'
import { agentHistoryViews } from './agent-history-views.ts'
import { AgentObjectStore } from './agent-object-store.ts'
import { agentObjectSubprograms } from './agent-object-subprograms.ts'
import { agentObjectViews } from './agent-object-views.ts'
import { agentDefinitionSubprogram } from './definition-subprogram.ts'
import { TeamRunner } from './run-team.ts'
import { sessionTeamOf, sessionTeamSubprograms } from './session-team.ts'
import type { AgentServices } from './team-run.ts'
import { teamSubprograms } from './team-subprograms.ts'
import { toolSubprograms } from './tool-subprograms.ts'

export interface CloudAiAgentOptions extends Omit<AgentServices, 'objects' | 'history'> {
  /** The indexes of profiles, which definitions tell of. */
  readonly indexes: VectorIndexStore
  /** Whether there is a user or role of that name. */
  granteeExists(name: string): boolean
  readonly namesInGrants: NamesInGrants
}

/** What the database gets of DBMS_CLOUD_AI_AGENT beside its subprograms. */
export interface CloudAiAgent {
  readonly views: readonly DictionaryView[]
  readonly belongings: readonly UserBelongings[]
  /** The action `agent` of GENERATE. */
  readonly sessionTeam: SessionTeam
}

/** Registers the subprograms of DBMS_CLOUD_AI_AGENT. */
export function registerCloudAiAgent({
  granteeExists,
  namesInGrants,
  indexes,
  ...parts
}: CloudAiAgentOptions): CloudAiAgent {
  const services: AgentServices = {
    ...parts,
    objects: new AgentObjectStore(namesInGrants),
    history: new AgentHistory(),
  }
  const { objects, history, registry, profiles } = services
  const runner = new TeamRunner(services)
  registry.register(
    ...agentObjectSubprograms(objects),
    ...teamSubprograms({ services, runner, granteeExists }),
    ...toolSubprograms(services),
    agentDefinitionSubprogram(objects, { profiles, indexes }),
    ...sessionTeamSubprograms(objects),
  )
  return {
    views: [...agentObjectViews(objects), ...agentHistoryViews(history)],
    belongings: [objects, history],
    sessionTeam: sessionTeamOf(runner),
  }
}
