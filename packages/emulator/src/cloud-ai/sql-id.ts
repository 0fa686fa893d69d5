import { createHash } from 'node:crypto'

/** Digits and letters without those that are easily taken for others. */
const ALPHABET = '0123456789abcdfghjkmnpqrstuvwxyz'
const LENGTH = 13

/** The SQL_ID of a statement: the last 64 bits of the MD5 over its text and a NUL, with five bits to the character. */
export function sqlIdOf(text: string): string {
  const digest = createHash('md5').update(`${text}\0`).digest()
  let rest = (BigInt(digest.readUInt32LE(8)) << 32n) | BigInt(digest.readUInt32LE(12))
  let id = ''
  for (let index = 0; index < LENGTH; index += 1) {
    id = `${ALPHABET[Number(rest & 31n)]}${id}`
    rest >>= 5n
  }
  return id
}
