import { OracleError } from '../oracle-error.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { JsonValue } from './json-value.ts'

export interface JsonSyntax {
  /** Refuses what only the lax syntax has: names without quotes, single quotes, a comma too many. */
  readonly strict?: boolean
  /** Refuses an object that has a member twice; otherwise the last one counts. */
  readonly uniqueKeys?: boolean
}

const MAXIMUM_DEPTH = 1000
const BLANKS = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y
const LAX_NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])/y
const WORD = /[A-Za-z]+/y
const LAX_NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const STRING = /"((?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y
const LAX_STRING = /(["'])((?:(?!\1)[^\\]|\\.)*)\1/suy
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

/**
 * Reads a JSON text; the lax syntax is the default, as in the database.
 * @throws OracleError ORA-40441 when the text is no JSON
 */
export function parseJson(text: string, syntax: JsonSyntax = {}): JsonValue {
  return new JsonParser(text, syntax).parse()
}

/** Whether a text is JSON. */
export function isJson(text: string, syntax: JsonSyntax = {}): boolean {
  try {
    parseJson(text, syntax)
    return true
  } catch (error) {
    if (error instanceof OracleError) return false
    throw error
  }
}

class JsonParser {
  readonly #text: string
  readonly #syntax: JsonSyntax
  #position = 0
  #depth = 0

  constructor(text: string, syntax: JsonSyntax) {
    this.#text = text
    this.#syntax = syntax
  }

  parse(): JsonValue {
    const value = this.#value()
    if (this.#next() !== undefined) throw this.#error()
    return value
  }

  /** The next character that is no blank. */
  #next(): string | undefined {
    this.#match(BLANKS)
    return this.#text[this.#position]
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position
    const found = pattern.exec(this.#text)
    if (found === null) return undefined
    this.#position += found[0].length
    return found
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false
    this.#position += 1
    return true
  }

  #error(): OracleError {
    return new OracleError(40441, `JSON syntax error\nJZN-00078: Invalid JSON keyword or value (byte ${this.#byte()})`)
  }

  #byte(): number {
    return Buffer.byteLength(this.#text.slice(0, this.#position)) + 1
  }

  #value(): JsonValue {
    const character = this.#next()
    if (character === '{') return this.#nested(() => this.#object())
    if (character === '[') return this.#nested(() => this.#array())
    const text = this.#string()
    if (text !== undefined) return text
    return this.#number() ?? this.#word()
  }

  #nested<Result>(read: () => Result): Result {
    this.#depth += 1
    if (this.#depth > MAXIMUM_DEPTH) throw this.#error()
    this.#position += 1
    const result = read()
    this.#depth -= 1
    return result
  }

  #object(): JsonValue {
    const members = new Map<string, JsonValue>()
    while (!this.#take('}')) {
      const name = this.#name()
      if (!this.#take(':')) throw this.#error()
      if (this.#syntax.uniqueKeys && members.has(name)) throw this.#error()
      members.set(name, this.#value())
      this.#separate('}')
    }
    return members
  }

  #array(): JsonValue {
    const items: JsonValue[] = []
    while (!this.#take(']')) {
      items.push(this.#value())
      this.#separate(']')
    }
    return items
  }

  #separate(close: string): void {
    const comma = this.#take(',')
    const closes = this.#next() === close
    if (comma ? closes && this.#syntax.strict === true : !closes) throw this.#error()
  }

  #name(): string {
    this.#next()
    const name = this.#string() ?? (this.#syntax.strict ? undefined : this.#match(LAX_NAME)?.[0])
    if (name === undefined) throw this.#error()
    return name
  }

  #string(): string | undefined {
    if (this.#syntax.strict) {
      const strict = this.#match(STRING)
      if (strict && [...strict[0]].some((character) => character < ' ')) throw this.#error()
      return strict && withoutEscapes(strict[1] as string)
    }
    const lax = this.#match(LAX_STRING)
    return lax && withoutEscapes(lax[2] as string)
  }

  #number(): OracleNumber | undefined {
    const digits = this.#match(this.#syntax.strict ? NUMBER : LAX_NUMBER)?.[0]
    return digits === undefined ? undefined : new OracleNumber(digits)
  }

  #word(): JsonValue {
    const start = this.#position
    const word = this.#match(WORD)?.[0] ?? ''
    const known = this.#syntax.strict ? word : word.toLowerCase()
    if (Object.hasOwn(WORDS, known)) return WORDS[known] ?? null
    this.#position = start
    throw this.#error()
  }
}

function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
