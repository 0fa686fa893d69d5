import type { CallContext, Subprogram, SubprogramResult } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import { BOOLEAN, varchar2 } from '../../values/oracle-type.ts'
import { valueError } from '../plsql-exception.ts'
import { MAXIMUM_LENGTH } from '../plsql-type.ts'
import { input, textOf } from './parameters.ts'

const TEXT = varchar2(MAXIMUM_LENGTH)
const LONGEST_NAME = 128
const SIMPLE_NAME = /^(?:\p{L}[\p{L}\p{N}_$#]*|"[^"]+")$/u

/** DBMS_ASSERT: checks of names and texts that become part of a statement. Texts come back as they were. */
export const dbmsAssert: readonly Subprogram[] = [
  check('NOOP', 'STR', (text) => text),
  check('ENQUOTE_LITERAL', 'STR', enquoteLiteral),
  {
    name: 'DBMS_ASSERT.ENQUOTE_NAME',
    parameters: [input('STR', TEXT), input('CAPITALIZE', BOOLEAN, true)],
    returns: TEXT,
    run: (values) => ({ value: enquoteName(textOf(values.STR), values.CAPITALIZE !== false) }),
  },
  check('SIMPLE_SQL_NAME', 'STR', (text) => {
    if (!isSimpleName(text?.trim())) throw new OracleError(44003, 'invalid SQL name')
    return text
  }),
  check('QUALIFIED_SQL_NAME', 'STR', (text) => {
    if (!isQualifiedName(text?.trim())) throw new OracleError(44004, 'invalid qualified SQL name')
    return text
  }),
  check('SCHEMA_NAME', 'STR', async (text, context) => {
    const binds = { NAME: text }
    const { rows } = await context.query('SELECT 1 FROM ALL_USERS WHERE USERNAME = :NAME', binds)
    if (rows.length === 0) throw new OracleError(44001, 'invalid schema')
    return text
  }),
  check('SQL_OBJECT_NAME', 'STR', async (text, context) => {
    if (!isQualifiedName(text?.trim()) || !(await isObject(text as string, context))) {
      throw new OracleError(44002, 'invalid object name')
    }
    return text
  }),
]

type Check = (text: string | null, context: CallContext) => string | null | Promise<string | null>

function check(name: string, parameter: string, run: Check): Subprogram {
  return {
    name: `DBMS_ASSERT.${name}`,
    parameters: [input(parameter, TEXT)],
    returns: TEXT,
    run: async (values, context): Promise<SubprogramResult> => ({
      value: await run(textOf(values[parameter]), context),
    }),
  }
}

/** Adds quotes to a text without them; inner quotes must be doubled already. */
function enquoteLiteral(text: string | null): string {
  const given = text ?? ''
  const isQuoted = given.length >= 2 && given.startsWith("'") && given.endsWith("'")
  const inner = isQuoted ? given.slice(1, -1) : given
  if (inner.replaceAll("''", '').includes("'")) throw valueError()
  return `'${inner}'`
}

function enquoteName(text: string | null, capitalize: boolean): string {
  const given = text ?? ''
  const isQuoted = given.length >= 2 && given.startsWith('"') && given.endsWith('"')
  const inner = isQuoted ? given.slice(1, -1) : given
  const isBroken = inner === '' || inner.replaceAll('""', '').includes('"') || inner.includes('\0')
  if (isBroken || Buffer.byteLength(inner) > LONGEST_NAME) throw new OracleError(44003, 'invalid SQL name')
  return `"${capitalize && !isQuoted ? inner.toUpperCase() : inner}"`
}

function isSimpleName(text: string | undefined): boolean {
  return text !== undefined && SIMPLE_NAME.test(text) && Buffer.byteLength(text.replaceAll('"', '')) <= LONGEST_NAME
}

/** `schema.object`, `object@link`, each part a simple name. */
function isQualifiedName(text: string | undefined): boolean {
  if (text === undefined) return false
  const [names, link, ...more] = splitOutsideQuotes(text, '@')
  if (names === undefined || more.length > 0) return false
  if (link !== undefined && !splitOutsideQuotes(link, '.').every((part) => isSimpleName(part.trim()))) return false
  return splitOutsideQuotes(names, '.').every((part) => isSimpleName(part.trim()))
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = ['']
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    if (character === separator && !quoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

async function isObject(text: string, context: CallContext): Promise<boolean> {
  const parts = splitOutsideQuotes(text.trim(), '.').map((part) => nameOf(part.trim()))
  const [owner, name] = parts.length > 1 ? [parts[0] as string, parts[1] as string] : [context.user, parts[0] as string]
  const sql = 'SELECT 1 FROM ALL_OBJECTS WHERE OWNER = :OWNER AND OBJECT_NAME = :NAME'
  const { rows } = await context.query(sql, { OWNER: owner, NAME: name })
  return rows.length > 0
}

function nameOf(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1) : part.toUpperCase()
}
