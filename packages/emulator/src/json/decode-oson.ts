import { Interval } from '../values/interval.ts'
import { OracleDateTime } from '../values/oracle-date-time.ts'
import { decodeNumber, OracleNumber } from '../values/oracle-number.ts'
import type { JsonValue } from './json-value.ts'
import { OSON_MAGIC, OsonContainer, OsonFlag, OsonNode, OsonVersion, SHORT_OFFSETS } from './oson-format.ts'

const MAXIMUM_DEPTH = 1000

/**
 * Reads Oracle's binary form of a JSON value. Dates and intervals become text in the form of ISO 8601, bytes become
 * hexadecimal digits.
 * @throws RangeError for bytes that are no such value
 */
export function decodeOson(bytes: Buffer): JsonValue {
  return new OsonReader(bytes).read()
}

class OsonReader {
  readonly #bytes: Buffer
  #position = 0
  #names: readonly string[] = []
  #idSize = 1
  #tree = 0
  #isRelative = false
  #depth = 0
  /** Nodes may share children; this bounds what a hostile value can unfold to. */
  #nodesLeft: number

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#nodesLeft = bytes.length
  }

  read(): JsonValue {
    if (OSON_MAGIC.some((byte) => this.#uint(1) !== byte)) throw new RangeError('bytes that are no JSON')
    const version = this.#uint(1)
    if (version !== OsonVersion.shortNames && version !== OsonVersion.longNames) {
      throw new RangeError(`JSON of version ${version}`)
    }
    const flags = this.#uint(2)
    const has = (flag: number) => (flags & flag) !== 0
    this.#isRelative = has(OsonFlag.relativeOffsets)
    const treeSize = has(OsonFlag.tree4) ? 4 : 2
    if (has(OsonFlag.scalar)) {
      this.#uint(treeSize)
      this.#tree = this.#position
      return this.#node()
    }
    this.#idSize = has(OsonFlag.nameCount4) ? 4 : has(OsonFlag.nameCount2) ? 2 : 1
    const shortCount = this.#uint(this.#idSize)
    const offsetSize = has(OsonFlag.nameBytes4) ? 4 : 2
    const shortBytes = this.#uint(offsetSize)
    const long = version === OsonVersion.longNames ? this.#longNames() : undefined
    this.#uint(treeSize)
    this.#uint(2)
    const names = this.#segment(shortCount, shortBytes, offsetSize, 1)
    if (long) names.push(...this.#segment(long.count, long.bytes, long.offsetSize, 2))
    this.#names = names
    this.#tree = this.#position
    return this.#node()
  }

  #longNames(): { count: number; bytes: number; offsetSize: number } {
    const offsetSize = (this.#uint(2) & SHORT_OFFSETS) !== 0 ? 2 : 4
    return { offsetSize, count: this.#uint(4), bytes: this.#uint(4) }
  }

  #segment(count: number, length: number, offsetSize: number, lengthSize: number): string[] {
    this.#raw(count * lengthSize)
    const offsets = this.#raw(count * offsetSize)
    const names = this.#raw(length)
    return Array.from({ length: count }, (_, index) => {
      const start = offsets.readUIntBE(index * offsetSize, offsetSize)
      const end = start + lengthSize + names.readUIntBE(start, lengthSize)
      return names.toString('utf8', start + lengthSize, end)
    })
  }

  #raw(length: number): Buffer {
    const end = this.#position + length
    if (end > this.#bytes.length) throw new RangeError('JSON that ends too early')
    const bytes = this.#bytes.subarray(this.#position, end)
    this.#position = end
    return bytes
  }

  #uint(size: number): number {
    return this.#raw(size).readUIntBE(0, size)
  }

  #node(): JsonValue {
    this.#nodesLeft -= 1
    if (this.#nodesLeft < 0 || this.#depth > MAXIMUM_DEPTH) throw new RangeError('JSON that is nested too deeply')
    const start = this.#position
    const node = this.#uint(1)
    if ((node & OsonContainer.container) === 0) return this.#scalar(node)
    this.#depth += 1
    const value = this.#container(node, start - this.#tree)
    this.#depth -= 1
    return value
  }

  #container(node: number, offset: number): JsonValue {
    const isObject = (node & OsonContainer.array) === 0
    const offsetSize = (node & OsonContainer.offsets4) !== 0 ? 4 : 2
    let offsets: number
    let ids: Buffer | undefined
    let count: number
    if ((node & OsonContainer.counts) === OsonContainer.counts) {
      // The names are those of another object, to which this one points.
      const shared = this.#uint(offsetSize)
      offsets = this.#position
      this.#position = this.#tree + shared
      count = this.#uint(countSizeOf(this.#uint(1)))
      ids = this.#raw(count * this.#idSize)
    } else {
      count = this.#uint(countSizeOf(node))
      ids = isObject ? this.#raw(count * this.#idSize) : undefined
      offsets = this.#position
    }
    const children = this.#children(offsets, count, offsetSize, this.#isRelative ? offset : 0)
    if (!isObject || ids === undefined) return children
    const members = new Map<string, JsonValue>()
    children.forEach((child, index) => {
      members.set(this.#nameAt(ids.readUIntBE(index * this.#idSize, this.#idSize)), child)
    })
    return members
  }

  #children(start: number, count: number, offsetSize: number, base: number): JsonValue[] {
    this.#position = start
    const offsets = this.#raw(count * offsetSize)
    const children: JsonValue[] = []
    for (let index = 0; index < count; index += 1) {
      this.#position = this.#tree + base + offsets.readUIntBE(index * offsetSize, offsetSize)
      children.push(this.#node())
    }
    return children
  }

  #nameAt(id: number): string {
    const name = this.#names[id - 1]
    if (name === undefined) throw new RangeError('JSON with a name that is not there')
    return name
  }

  #scalar(node: number): JsonValue {
    if (node < 0x20) return this.#text(node)
    switch (node) {
      case OsonNode.null:
        return null
      case OsonNode.true:
        return true
      case OsonNode.false:
        return false
      case OsonNode.id:
        return this.#hex(this.#uint(1))
      case OsonNode.text1:
        return this.#text(this.#uint(1))
      case OsonNode.text2:
        return this.#text(this.#uint(2))
      case OsonNode.text4:
        return this.#text(this.#uint(4))
      case OsonNode.number:
        return this.#number(this.#uint(1))
      case OsonNode.double:
        return this.#float(8)
      case OsonNode.float:
        return this.#float(4)
      case OsonNode.date:
      case OsonNode.timestamp7:
        return OracleDateTime.fromBytes(this.#raw(7)).toIsoText()
      case OsonNode.timestamp:
        return OracleDateTime.fromBytes(this.#raw(11)).toIsoText()
      case OsonNode.timestampTz:
        return `${OracleDateTime.fromBytes(this.#raw(13)).toIsoText()}Z`
      case OsonNode.intervalMonths:
        return Interval.fromBytes(this.#raw(5)).toString()
      case OsonNode.intervalDays:
        return Interval.fromBytes(this.#raw(11)).toString()
      case OsonNode.bytes2:
        return this.#hex(this.#uint(2))
      case OsonNode.bytes4:
        return this.#hex(this.#uint(4))
    }
    const kind = node & 0xf0
    if (kind === 0x20 || kind === 0x60) return this.#number((node & 0x0f) + 1)
    if (kind === 0x40 || kind === 0x50) return this.#number(node & 0x0f)
    throw new RangeError(`JSON with a value of type ${node}`)
  }

  #text(length: number): string {
    return this.#raw(length).toString('utf8')
  }

  #hex(length: number): string {
    return this.#raw(length).toString('hex').toUpperCase()
  }

  #number(length: number): OracleNumber {
    if (length === 0 || length > 22) throw new RangeError('JSON with a number of impossible length')
    const digits = this.#raw(length)
    try {
      return decodeNumber(digits)
    } catch (error) {
      throw new RangeError('JSON with a number that is none', { cause: error })
    }
  }

  /** What is no number is text, as the database prints it. */
  #float(size: 4 | 8): JsonValue {
    const bytes = Buffer.from(this.#raw(size))
    const isPositive = ((bytes[0] as number) & 0x80) !== 0
    if (isPositive) bytes[0] = (bytes[0] as number) & 0x7f
    else for (let index = 0; index < size; index += 1) bytes[index] = (bytes[index] as number) ^ 0xff
    const value = size === 8 ? bytes.readDoubleBE() : bytes.readFloatBE()
    if (Number.isFinite(value)) return new OracleNumber(value)
    return Number.isNaN(value) ? 'Nan' : value > 0 ? 'Inf' : '-Inf'
  }
}

function countSizeOf(node: number): number {
  const bits = node & OsonContainer.counts
  return bits === OsonContainer.count4 ? 4 : bits === OsonContainer.count2 ? 2 : 1
}
