import type { SqlAnswer } from '../model.ts'

const FENCED = /```[\w-]*[^\S\n]*\n([\s\S]*?)(?:```|$)/g
/** Blanks, brackets and comments that may stand before a query. */
const LEAD = String.raw`(?:\s|\(|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)*`
const QUERY = String.raw`(?:select\b|with\s+(?:"[^"]+"|[\w$#]+)\s*(?:\(|as\b))`
const AT_START = new RegExp(`^${LEAD}${QUERY}`, 'i')
const ON_A_LINE = new RegExp(String.raw`(?:^|\n|[:\x60])[^\S\n]*(\(*${QUERY})`, 'i')
/** Up to the first semicolon or empty line that stands in no literal, name or comment. */
const TO_ITS_END = /^(?:'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|\n(?![^\S\n]*(?:\n|$))|[^;\n`])*/

/** The query in a language model's answer, whatever stands around it; without one the answer is its excuse. */
export function sqlAnswer(text: string): SqlAnswer {
  const answer = text.replace(/<think>[\s\S]*?<\/think>/gi, '').trim()
  const fenced = [...answer.matchAll(FENCED)].map(([, block = '']) => block).find((block) => AT_START.test(block))
  const sql = fenced ?? queryAmongProse(answer)
  return sql === undefined ? { refusal: answer } : { sql: sql.trim().replace(/(?:\s*;)+$/, '') }
}

function queryAmongProse(answer: string): string | undefined {
  const found = ON_A_LINE.exec(answer)
  if (found === null) return undefined
  const query = answer.slice(found.index + found[0].length - (found[1] ?? '').length)
  const [sql] = TO_ITS_END.exec(query) ?? ['']
  // A sentence may begin with these words, too; a query has a FROM.
  return /\bfrom\b/i.test(sql) ? sql : undefined
}
