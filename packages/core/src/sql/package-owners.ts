/*
 * The statements name packages and views without their schemas, which public synonyms resolve. A pool with the setting
 * `packageSchema` has them qualified: what matches here by that schema or by SYS. Views are told by where they stand, since many
 * arguments look like them.
 */

/** The packages and views of Select AI, in whatever case. */
export const cloudName: RegExp = /^(?:DBMS_CLOUD|(?:USER|ALL|DBA)_(?:CLOUD|AI)_|AI_)/i

/** Packages, and the types and constants of network access control, wherever they stand in a statement. */
export const packageName: RegExp = /(?<![\w$#.:"])(?:DBMS_\w+|XS\$\w+|XS_ACL)\b/gi

/** Views of the dictionary after FROM or JOIN. */
export const viewName: RegExp = /(?<=\b(?:FROM|JOIN)\s+)(?:(?:USER|ALL|DBA|AI)_|V\$)\w+/gi
