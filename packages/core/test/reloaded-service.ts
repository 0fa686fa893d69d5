// A module as a development server loads it again and again; each copy makes its service at the top, as applications do.
import { SelectAIService } from '@select-ai/core/routes'

export const service: SelectAIService = new SelectAIService({
  routes: { actions: ['chat'], profiles: ['OCI_AI_PROFILE'] },
  takeOver: true,
})
