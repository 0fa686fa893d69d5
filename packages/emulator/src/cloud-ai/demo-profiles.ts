import type { NewProfile } from './profile-store.ts'

/** The profiles that every user of the demo database has: one over the sales history. */
export const demoProfiles: readonly NewProfile[] = [
  {
    name: 'OCI_AI_PROFILE',
    description: 'Questions about the sales history SH, answered by the model that the emulator was started with',
    attributes: {
      provider: 'oci',
      credential_name: 'OCI$RESOURCE_PRINCIPAL',
      object_list: [{ owner: 'SH' }],
      comments: true,
      constraints: true,
    },
  },
]
