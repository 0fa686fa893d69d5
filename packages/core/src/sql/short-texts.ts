/*
 * A query with a CLOB column costs a round trip more than one without, each time. Descriptions and values are nearly always
 * short, so that they are asked for as VARCHAR2 first, which holds 4,000 bytes; a character takes at most four.
 * `longest_text` tells when that left something out, and the same query with CLOBs is needed.
 */

/** Characters of the longest text that the queries without CLOBs give. */
export const shortTextCharacters = 1000
