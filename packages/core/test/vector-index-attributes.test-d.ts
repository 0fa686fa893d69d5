import type { VectorIndexAttributeChanges, VectorIndexAttributes, VectorIndexDefinition } from '@select-ai/core'

export const least: VectorIndexAttributes = { location: 'https://example.com/', profile_name: 'P' }
export const more: VectorIndexAttributes = { ...least, vector_distance_metric: 'COSINE', vector_db_provider: 'oracle' }
export const asReadBack: VectorIndexAttributes = { ...least, vector_distance_metric: 'cosine', refresh_rate: 1440 }
export const newer: VectorIndexAttributes = { ...least, newer_attribute: { deep: [1] } }

// @ts-expect-error no profile
export const withoutProfile: VectorIndexAttributes = { location: 'https://example.com/' }
// @ts-expect-error no location
export const withoutLocation: VectorIndexAttributes = { profile_name: 'P' }
// @ts-expect-error a number as text
export const textual: VectorIndexAttributes = { ...least, match_limit: '5' }
// @ts-expect-error a metric that does not exist
export const metric: VectorIndexAttributes = { ...least, vector_distance_metric: 'MILES' }

export const changes: VectorIndexAttributeChanges[] = [{ match_limit: 5 }, { refresh_rate: 60 }, { newer: 1 }]
// @ts-expect-error a change to a wrong type
export const wrong: VectorIndexAttributeChanges = { refresh_rate: 'daily' }

export const definition: VectorIndexDefinition = { attributes: least, description: undefined, enabled: false }
// @ts-expect-error a part that does not exist
export const parts: VectorIndexDefinition = { attributes: least, status: 'enabled' }
