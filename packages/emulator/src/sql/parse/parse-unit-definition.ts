import { errorAt, PLSQL_LEXIS, type Token, tokenize } from '../../language/lexer.ts'
import type { CreateUnit, Identifier } from './syntax-tree.ts'

const CREATE = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*CREATE\b/i

/** Words that follow the name, and therefore are none. */
const BEHIND_NAME = new Set(['IS', 'AS', 'BEGIN', 'RETURN', 'AUTHID'])

/** What holds PL/SQL too, but is not spoken here. */
const OTHER_UNITS = new Set(['PACKAGE', 'TRIGGER', 'TYPE', 'LIBRARY', 'JAVA'])

/**
 * Reads CREATE FUNCTION and CREATE PROCEDURE as far as SQL does: the rest is PL/SQL, whose errors do not keep the unit from
 * being created. Undefined for every other statement.
 * @throws OracleError ORA-03001 for packages, triggers and types, and syntax errors of the head
 */
export function parseUnitDefinition(text: string): CreateUnit | undefined {
  if (!CREATE.test(text)) return undefined
  const tokens = tokenize(text, PLSQL_LEXIS)
  let position = 1
  const take = (...words: readonly string[]): boolean => {
    if (!words.every((word, index) => isWord(tokens[position + index], word))) return false
    position += words.length
    return true
  }
  const replace = take('OR', 'REPLACE')
  if (!take('EDITIONABLE')) take('NONEDITIONABLE')
  const first = tokens[position] as Token
  if (first.kind === 'word' && OTHER_UNITS.has(first.value)) {
    throw errorAt(text, first.start, 3001, `unimplemented feature (CREATE ${first.value})`)
  }
  const object = take('FUNCTION') ? 'FUNCTION' : take('PROCEDURE') ? 'PROCEDURE' : undefined
  if (object === undefined) return undefined
  const ifNotExists = take('IF', 'NOT', 'EXISTS')
  const name = [readIdentifier(text, tokens[position])]
  if (tokens[position + 1]?.value === '.') name.push(readIdentifier(text, tokens[position + 2]))
  const source = text.slice(first.start).replace(/[\s\0]+$/, '')
  return { kind: 'create-unit', object, name, replace, ifNotExists, text: source.replace(/\n\s*\/$/, '') }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value === word
}

function readIdentifier(text: string, token: Token | undefined): Identifier {
  const isName = token?.kind === 'quoted' || (token?.kind === 'word' && !BEHIND_NAME.has(token.value))
  if (token === undefined || !isName) {
    throw errorAt(text, token?.start ?? text.length, 4050, 'invalid or missing procedure, function, or package name')
  }
  return { name: token.value, quoted: token.kind === 'quoted', start: token.start }
}
