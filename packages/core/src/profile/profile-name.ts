import { checkObjectName } from '../attributes/object-name.ts'

/** @throws SelectAIArgumentError for what cannot be the name of a profile. */
export function checkProfileName(name: string): string {
  return checkObjectName('profile', name)
}
