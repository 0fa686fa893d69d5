/** Stands for all users in grants. */
export const PUBLIC = 'PUBLIC'
