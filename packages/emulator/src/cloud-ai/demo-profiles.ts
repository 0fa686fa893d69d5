import type { NewProfile } from './profile-store.ts'

/** The profiles that every user of the demo database has: one over each demo schema. */
export const demoProfiles: readonly NewProfile[] = [
  demoProfile('OCI_AI_PROFILE', 'sales history', 'SH'),
  demoProfile('FILM_AI_PROFILE', 'film library', 'FILM_LIBRARY'),
]

function demoProfile(name: string, subject: string, owner: string): NewProfile {
  return {
    name,
    description: `Questions about the ${subject} ${owner}, answered by the model that the emulator was started with`,
    attributes: {
      provider: 'oci',
      credential_name: 'OCI$RESOURCE_PRINCIPAL',
      object_list: [{ owner }],
      comments: true,
      constraints: true,
    },
  }
}
