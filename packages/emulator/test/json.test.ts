import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeOson } from '../src/json/decode-oson.ts'
import { encodeOson } from '../src/json/encode-oson.ts'
import { isJson, parseJson } from '../src/json/parse-json.ts'
import { prettyJson, writeJson } from '../src/json/write-json.ts'

/** The order of members is not kept by JSON.stringify when their names are numbers, so texts are compared after one round. */
const texts = fc.json().map((text) => writeJson(parseJson(text)))

describe('JSON', () => {
  it('reads back from text, indented or not, and from its binary form', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const value = parseJson(text, { strict: true })
        expect(writeJson(parseJson(prettyJson(value)))).toBe(text)
        expect(writeJson(decodeOson(encodeOson(value)))).toBe(text)
      }),
    )
  })

  it('keeps the digits of numbers and the order of members', () => {
    const text = '{"z":123456789012345678901234567890.123,"a":0.1,"1":-5}'
    expect(writeJson(decodeOson(encodeOson(parseJson(text))))).toBe(text)
  })

  it('in a damaged binary form is a RangeError and nothing worse', () => {
    const original = encodeOson(parseJson('{"name":"Ada","list":[1,2,{"deep":[true,null,"x"]}],"n":-1.5}'))
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), fc.nat(original.length), (at, byte, length) => {
        const damaged = Buffer.from(original)
        damaged[at] = byte
        for (const bytes of [damaged, damaged.subarray(0, length)]) {
          try {
            decodeOson(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each(['', '{', '[1 2]', '{"a" 1}', '"a', 'nul', '01x', '[1,,2]', '{"a":1}}', '['.repeat(5000)])(
    'is not %j, in either syntax',
    (text) => {
      expect(isJson(text)).toBe(false)
      expect(isJson(text, { strict: true })).toBe(false)
    },
  )

  it.each(["{'a':1}", '{a:1}', '[1,]', '[TRUE]', '+1', '.5', '"a\tb"'])('is %j in the lax syntax only', (text) => {
    expect(isJson(text)).toBe(true)
    expect(isJson(text, { strict: true })).toBe(false)
  })
})
