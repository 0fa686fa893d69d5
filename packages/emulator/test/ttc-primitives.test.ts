import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataDescriptor } from '../src/session/data-descriptor.ts'
import { ByteReader } from '../src/ttc/byte-reader.ts'
import { ByteWriter } from '../src/ttc/byte-writer.ts'
import { ProtocolError, Underflow, UnsupportedMessage } from '../src/ttc/protocol-error.ts'
import { RequestBuffer } from '../src/ttc/request-buffer.ts'
import { shapeOf } from '../src/ttc/statement-text.ts'
import { readValue } from '../src/ttc/value-reader.ts'
import { writeValue } from '../src/ttc/value-writer.ts'
import { describedAs } from '../src/ttc/wire-type.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleType } from '../src/values/oracle-type.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'

const written = (write: (writer: ByteWriter) => void): Buffer => {
  const writer = new ByteWriter()
  write(writer)
  return Buffer.from(writer.toBuffer())
}

describe('the primitives of the protocol', () => {
  it.each([
    [0, '00'],
    [255, '01ff'],
    [256, '020100'],
    [65_536, '03010000'],
    [-1, '8101'],
    [2 ** 40, '06010000000000'],
  ])('write the integer %i as %s', (value, hex) => {
    expect(written((writer) => writer.integers(value)).toString('hex')).toBe(hex)
  })

  it('read every integer that they wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 47), max: 2 ** 47 }), (value) => {
        expect(new ByteReader(written((writer) => writer.integers(value))).integer()).toBe(value)
      }),
    )
  })

  it('read all bytes that they wrote, also around the lengths where the form changes', () => {
    for (const length of [1, 251, 252, 253, 254, 255, 256, 32_766, 32_767, 32_768, 70_000]) {
      const bytes = Buffer.alloc(length, length & 0xff)
      expect(new ByteReader(written((writer) => writer.bytes(bytes))).bytes()).toEqual(bytes)
    }
  })

  it('ask for more bytes instead of reading what is not there yet', () => {
    const whole = written((writer) => writer.integers(70_000).text('ä'.repeat(40_000)).doubleLengthText('key'))
    const read = (reader: ByteReader) => [reader.integer(), reader.bytes()?.toString(), reader.doubleLengthText()]
    for (const length of [0, 1, 3, 4, 5, 100, 40_000, whole.length - 1]) {
      expect(() => read(new ByteReader(whole.subarray(0, length)))).toThrow(Underflow)
    }
    expect(read(new ByteReader(whole))).toEqual([70_000, 'ä'.repeat(40_000), 'key'])
  })

  it('refuse impossible lengths', () => {
    expect(() => new ByteReader(Buffer.from('09010203040506070809', 'hex')).integer()).toThrow(ProtocolError)
    expect(() => new ByteReader(Buffer.from('8105', 'hex')).count(10)).toThrow(ProtocolError)
    expect(() => new ByteReader(Buffer.from('010b', 'hex')).count(10)).toThrow(ProtocolError)
    expect(() => new ByteReader(Buffer.alloc(100, 65)).zeroTerminated(50)).toThrow(ProtocolError)
  })
})

const agreement = {
  fieldVersion: 24,
  conventionalLengths: true,
  longEndOfCall: true,
  longDescribe: true,
  wideScale: false,
  lobPrefetch: true,
  endOfResponse: true,
}
const context = {
  agreement,
  createLob: () => {
    throw new Error('no LOB here')
  },
  openCursor: () => 0,
}

function roundTrip(type: OracleType, value: OracleValue): unknown {
  const descriptor: DataDescriptor = describedAs(type, true)
  const bytes = written((writer) => writeValue(writer, value, descriptor, context))
  const reader = new ByteReader(bytes)
  const read = readValue(reader, descriptor)
  expect(reader.position).toBe(bytes.length)
  return read
}

describe('values', () => {
  it('of text come back, in both character sets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }), (value) => {
        expect(roundTrip({ name: 'VARCHAR2', length: 4000 }, value)).toBe(value)
        expect(roundTrip({ name: 'NVARCHAR2', length: 4000 }, value)).toBe(value)
      }),
    )
  })

  it('of numbers come back', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }),
        fc.integer({ min: -80, max: 60 }),
        (digits, exponent) => {
          const value = new OracleNumber(`${digits}e${exponent}`)
          expect((roundTrip({ name: 'NUMBER', precision: 0, scale: -127 }, value) as OracleNumber).eq(value)).toBe(true)
        },
      ),
    )
  })

  it('of floating point come back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read = roundTrip({ name: 'BINARY_DOUBLE' }, new OracleNumber(value)) as OracleNumber
        expect(read.toNumber() === value).toBe(true)
      }),
    )
  })

  it('of time come back with their zone', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0100-01-02'), max: new Date('9998-12-30'), noInvalidDate: true }),
        fc.integer({ min: -839, max: 839 }),
        (date, offset) => {
          const plain = OracleDateTime.fromUtc(date)
          expect(roundTrip({ name: 'TIMESTAMP', scale: 9 }, plain)).toEqual(plain)
          const zoned = new OracleDateTime(
            plain.year,
            plain.month,
            plain.day,
            plain.hour,
            plain.minute,
            plain.second,
            plain.nanosecond,
            offset,
          )
          expect(roundTrip({ name: 'TIMESTAMP WITH TIME ZONE', scale: 9 }, zoned)).toEqual(zoned)
        },
      ),
    )
  })

  it('of a type that is not spoken are told apart from nonsense', () => {
    const descriptor = { ...describedAs({ name: 'DATE' }, false), typeNumber: 109 }
    expect(() => readValue(new ByteReader(Buffer.alloc(10)), descriptor)).toThrow(UnsupportedMessage)
    expect(() => readValue(new ByteReader(Buffer.of(3, 1, 2, 3)), describedAs({ name: 'DATE' }, false))).toThrow(
      ProtocolError,
    )
  })
})

describe("a statement's text", () => {
  it.each([
    ['select :a, :a from t', false, [false, false]],
    ["select ':x', \"y:z\", q'[it's :no]', 1 -- :n\n /* :m */ from t where a = :\n1", false, [false]],
    ['begin :a := :b + :A; end;', true, [false, false]],
    ['declare x number; begin :"a" := :A; end;', true, [false, false]],
    ['call p(:x, :y)', true, [false, false]],
    ['update t set a = :a returning id into :id', false, [false, true]],
    ['insert into t values (:a) return id, name into :x, :y', false, [false, true, true]],
    ['insert into returning_log values (:a)', false, [false]],
    ["select json_object('a':1, 'b':b) from t where c = :c", false, [false]],
    ['', false, []],
  ])('%s tells its binds', (sql, isPlsql, returning) => {
    expect(shapeOf(sql)).toEqual({ isPlsql, returning })
  })
})

describe('a request', () => {
  const read = (reader: ByteReader) => {
    const kind = reader.uint8()
    if (kind === 9) throw new UnsupportedMessage('nine')
    return reader.bytes()?.toString()
  }

  it('is whole however it was cut, with and without marks', () => {
    const bytes = written((writer) => writer.uint8(1).text('x'.repeat(500)))
    for (const marks of [true, false]) {
      for (const size of [1, 7, 100, bytes.length]) {
        const buffer = new RequestBuffer()
        for (let start = 0; start < bytes.length; start += size) {
          expect(buffer.next(read)).toBe(undefined)
          const end = start + size
          buffer.append(bytes.subarray(start, end), marks && end >= bytes.length, 10_000)
        }
        expect(buffer.next(read)).toEqual({ message: 'x'.repeat(500) })
        expect(buffer.next(read)).toBe(undefined)
        expect(buffer.length).toBe(0)
      }
    }
  })

  it('does not swallow the next one', () => {
    for (const marks of [true, false]) {
      const buffer = new RequestBuffer()
      for (const word of ['one', 'two', 'three'])
        buffer.append(
          written((writer) => writer.uint8(1).text(word)),
          marks,
          1000,
        )
      expect([1, 2, 3, 4].map(() => buffer.next(read))).toEqual([
        { message: 'one' },
        { message: 'two' },
        { message: 'three' },
        undefined,
      ])
    }
  })

  it('may come without a mark from a client that marks others', () => {
    const buffer = new RequestBuffer()
    for (const [word, marks] of [
      ['one', true],
      ['two', false],
    ] as const) {
      buffer.append(
        written((writer) => writer.uint8(1).text(word)),
        marks,
        1000,
      )
    }
    expect([1, 2, 3].map(() => buffer.next(read))).toEqual([{ message: 'one' }, { message: 'two' }, undefined])
    buffer.append(Buffer.of(9, 1), false, 1000)
    expect(buffer.next(read)).toBe(undefined)
    buffer.append(Buffer.of(2, 3), true, 1000)
    expect(buffer.next(read)).toMatchObject({ unsupported: expect.any(String) })
    expect(buffer.length).toBe(0)
  })

  it('that is not spoken is skipped when its end is known, and fatal when not', () => {
    const marked = new RequestBuffer()
    marked.append(Buffer.of(9, 1, 2, 3), true, 1000)
    marked.append(
      written((writer) => writer.uint8(1).text('next')),
      true,
      1000,
    )
    expect(marked.next(read)).toEqual({ unsupported: 'nine' })
    expect(marked.next(read)).toEqual({ message: 'next' })
    const unmarked = new RequestBuffer()
    unmarked.append(Buffer.of(9, 1, 2, 3), false, 1000)
    expect(() => unmarked.next(read)).toThrow(UnsupportedMessage)
  })
})
