import { describe, expect, it } from 'vitest'
import { PLSQL_LEXIS, SQL_LEXIS, tokenize } from '../src/language/lexer.ts'
import { matchesLike } from '../src/language/like.ts'

const values = (text: string, lexis = PLSQL_LEXIS) => tokenize(text, lexis).map(({ value }) => value)

describe('the lexer of SQL and PL/SQL', () => {
  it('reads labels in PL/SQL and the mark of an outer join in SQL', () => {
    expect(values('<<a>> b( + )')).toEqual(['<<', 'A', '>>', 'B', '(', '+', ')', ''])
    expect(values('<<a>> b( + )', SQL_LEXIS)).toEqual(['<', '<', 'A', '>', '>', 'B', '(+)', ''])
  })

  it('tells a range from a decimal point in both', () => {
    expect(values('1..2.5')).toEqual(['1', '..', '2.5', ''])
    expect(values('1..2.5', SQL_LEXIS)).toEqual(['1', '..', '2.5', ''])
  })

  it('takes an unknown character as a symbol in PL/SQL and as ORA-00911 in SQL', () => {
    expect(values('a ! b')).toEqual(['A', '!', 'B', ''])
    expect(() => tokenize('a ! b', SQL_LEXIS)).toThrow('ORA-00911: !: invalid character after a')
  })

  it('lets a comment last to the end in PL/SQL and gives ORA-01742 in SQL', () => {
    expect(values('a /* b')).toEqual(['A', ''])
    expect(() => tokenize('a /* b', SQL_LEXIS)).toThrow('ORA-01742')
  })

  it('gives offsets in UTF-16 units, and errors in bytes', () => {
    expect(tokenize("é 'x'", SQL_LEXIS)[1]).toEqual({ kind: 'string', value: 'x', start: 2, end: 5 })
    expect(() => tokenize("é 'x", SQL_LEXIS)).toThrow(expect.objectContaining({ number: 1756, offset: 3 }))
  })
})

describe('LIKE', () => {
  it('keeps a pattern with an escape character apart from one without', () => {
    expect(matchesLike('/x', '/x', null)).toBe(true)
    expect(matchesLike('x', 'x', '/')).toBe(true)
    expect(matchesLike('/x', 'x', '/')).toBe(false)
  })

  it('wants one escape character, and a wildcard or itself behind it', () => {
    expect(() => matchesLike('a', 'a', '!!')).toThrow('ORA-01425')
    expect(() => matchesLike('a', '!a', '!')).toThrow('ORA-01424')
    expect(matchesLike('10%!', '10!%!!', '!')).toBe(true)
  })

  it('answers a pattern of many wildcards in no time', () => {
    const started = performance.now()
    expect(matchesLike('a'.repeat(2000), `${'%a'.repeat(30)}%b`, null)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
