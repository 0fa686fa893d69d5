import { OracleError } from '../oracle-error.ts'
import { OracleNumber } from '../values/oracle-number.ts'
import type { JsonValue } from './json-value.ts'

/** One step of a path. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'anyMember' }
  | { readonly kind: 'descendant'; readonly name: string }
  | { readonly kind: 'anyElement' }
  | { readonly kind: 'elements'; readonly ranges: readonly ElementRange[] }
  | { readonly kind: 'filter'; readonly test: PathTest }
  | { readonly kind: 'method'; readonly name: string }

/** Array positions from 0; negative ones count back from `last`, which is -1. */
export interface ElementRange {
  readonly from: number
  readonly to: number
}

export type PathComparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'starts with' | 'has substring'

/** The condition of a filter. */
export type PathTest =
  | { readonly kind: 'and' | 'or'; readonly tests: readonly PathTest[] }
  | { readonly kind: 'not'; readonly test: PathTest }
  | { readonly kind: 'exists'; readonly path: readonly PathStep[] }
  | {
      readonly kind: 'compare'
      readonly operator: PathComparison
      readonly left: PathOperand
      readonly right: PathOperand
    }

export type PathOperand =
  | { readonly kind: 'path'; readonly path: readonly PathStep[] }
  | { readonly kind: 'literal'; readonly value: JsonValue }

/** Functions at the end of a path. */
const METHODS = new Set(
  `ABS CEILING COUNT DATE DOUBLE FLOOR LENGTH LOWER NUMBER NUMBERONLY SIZE STRING STRINGONLY TIMESTAMP TYPE UPPER BOOLEAN
  BOOLEANONLY`
    .trim()
    .split(/\s+/),
)
const BLANKS = /\s*/y
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const QUOTED = /"((?:[^"\\]|\\.)*)"/y
const LITERAL = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/y
const OPERATOR = /==|!=|<>|<=|>=|<|>|=|\bstarts\s+with\b|\bhas\s+substring\b/y
const MAXIMUM_DEPTH = 100

const parsed = new Map<string, readonly PathStep[]>()
const REMEMBERED = 500

/**
 * Reads a path such as `$.items[0].name` or `$.items?(@.price > 10).name`.
 * @throws OracleError ORA-40442 when the text is no path, ORA-40597 when it does not begin with `$`
 */
export function parseJsonPath(text: string): readonly PathStep[] {
  const known = parsed.get(text)
  if (known !== undefined) return known
  const path = new PathParser(text).parse()
  if (parsed.size >= REMEMBERED) parsed.clear()
  parsed.set(text, path)
  return path
}

class PathParser {
  readonly #text: string
  #position = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): readonly PathStep[] {
    this.#match(/\s*(?:lax|strict)?\b/y)
    if (!this.#take('$')) {
      throw new OracleError(
        40597,
        `JSON path expression syntax error ('${this.#text}')\nJZN-00209: Unexpected characters`,
      )
    }
    const steps = this.#steps()
    this.#match(BLANKS)
    if (this.#position < this.#text.length) throw this.#error()
    return steps
  }

  #error(): OracleError {
    return new OracleError(40442, `JSON path expression syntax error ('${this.#text}')`)
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position
    const found = pattern.exec(this.#text)
    if (found === null) return undefined
    this.#position += found[0].length
    return found
  }

  #take(symbol: string): boolean {
    this.#match(BLANKS)
    if (!this.#text.startsWith(symbol, this.#position)) return false
    this.#position += symbol.length
    return true
  }

  #expect(symbol: string): void {
    if (!this.#take(symbol)) throw this.#error()
  }

  #steps(): readonly PathStep[] {
    const steps: PathStep[] = []
    for (;;) {
      const step = this.#step()
      if (step === undefined) return steps
      steps.push(step)
      if (step.kind === 'method') return steps
    }
  }

  #step(): PathStep | undefined {
    if (this.#take('..')) return { kind: 'descendant', name: this.#name() }
    if (this.#take('.')) return this.#take('*') ? { kind: 'anyMember' } : this.#memberOrMethod()
    if (this.#take('[')) return this.#elements()
    if (!this.#take('?')) return undefined
    this.#expect('(')
    const test = this.#anyOf()
    this.#expect(')')
    return { kind: 'filter', test }
  }

  #memberOrMethod(): PathStep {
    const name = this.#name()
    if (!this.#take('(')) return { kind: 'member', name }
    this.#expect(')')
    const method = name.toUpperCase()
    if (!METHODS.has(method)) throw this.#error()
    return { kind: 'method', name: method }
  }

  #name(): string {
    this.#match(BLANKS)
    const quoted = this.#match(QUOTED)
    if (quoted) return JSON.parse(quoted[0]) as string
    const name = this.#match(NAME)
    if (!name) throw this.#error()
    return name[0]
  }

  #elements(): PathStep {
    if (this.#take('*')) {
      this.#expect(']')
      return { kind: 'anyElement' }
    }
    const ranges: ElementRange[] = []
    do {
      const from = this.#index()
      ranges.push({ from, to: this.#match(/\s+to\b/y) ? this.#index() : from })
    } while (this.#take(','))
    this.#expect(']')
    return { kind: 'elements', ranges }
  }

  #index(): number {
    this.#match(BLANKS)
    const last = this.#match(/last(?:\s*-\s*(\d+))?/y)
    if (last) return -1 - Number(last[1] ?? 0)
    const digits = this.#match(/\d+/y)
    if (!digits) throw this.#error()
    return Number(digits[0])
  }

  #anyOf(): PathTest {
    this.#depth += 1
    if (this.#depth > MAXIMUM_DEPTH) throw this.#error()
    const tests = [this.#allOf()]
    while (this.#take('||')) tests.push(this.#allOf())
    this.#depth -= 1
    return tests.length === 1 ? (tests[0] as PathTest) : { kind: 'or', tests }
  }

  #allOf(): PathTest {
    const tests = [this.#test()]
    while (this.#take('&&')) tests.push(this.#test())
    return tests.length === 1 ? (tests[0] as PathTest) : { kind: 'and', tests }
  }

  #test(): PathTest {
    if (this.#take('!')) return { kind: 'not', test: this.#test() }
    if (this.#take('(')) return this.#closed(this.#anyOf())
    if (this.#match(/\s*exists\s*\(/y)) {
      this.#expect('@')
      return this.#closed({ kind: 'exists', path: this.#steps() })
    }
    const left = this.#operand()
    this.#match(BLANKS)
    const operator = this.#match(OPERATOR)?.[0].replace(/\s+/, ' ')
    if (operator === undefined) {
      if (left.kind === 'path') return { kind: 'exists', path: left.path }
      throw this.#error()
    }
    const known = operator === '=' ? '==' : operator === '<>' ? '!=' : (operator as PathComparison)
    return { kind: 'compare', operator: known, left, right: this.#operand() }
  }

  #closed(test: PathTest): PathTest {
    this.#expect(')')
    return test
  }

  #operand(): PathOperand {
    if (this.#take('@')) return { kind: 'path', path: this.#steps() }
    this.#match(BLANKS)
    const literal = this.#match(LITERAL)?.[0]
    if (literal === undefined) throw this.#error()
    return { kind: 'literal', value: literalValue(literal) }
  }
}

function literalValue(text: string): JsonValue {
  if (text.startsWith('"')) return JSON.parse(text) as string
  if (text.startsWith("'")) return text.slice(1, -1)
  if (text === 'null') return null
  return text === 'true' || text === 'false' ? text === 'true' : new OracleNumber(text)
}
