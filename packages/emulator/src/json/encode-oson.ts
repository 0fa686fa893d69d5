import { encodeNumber, OracleNumber } from '../values/oracle-number.ts'
import { isContainer, isJsonArray, isJsonObject, type JsonValue } from './json-value.ts'
import { OSON_MAGIC, OsonContainer, OsonFlag, OsonNode, OsonVersion, SHORT_OFFSETS } from './oson-format.ts'

const LONGEST_SHORT_NAME = 255
/** A NUMBER has no larger powers of ten. */
const LARGEST_EXPONENT = 125

/** Oracle's binary form of a JSON value: a list of the names, and a tree whose nodes point to their children. */
export function encodeOson(value: JsonValue): Buffer {
  if (!isContainer(value)) return encodeScalar(value)
  const names = new NameTable(value)
  const tree = new TreeWriter(names)
  tree.write(value)
  const treeBytes = tree.toBuffer()
  const large = treeBytes.length > 0xffff
  const flags =
    OsonFlag.inlineLeaf |
    OsonFlag.lengthInNode |
    OsonFlag.hash1 |
    OsonFlag.tinyNodes |
    names.flags |
    (large ? OsonFlag.tree4 : 0)
  return Buffer.concat([
    header(names.long.count > 0 ? OsonVersion.longNames : OsonVersion.shortNames, flags),
    names.counts(),
    uint(treeBytes.length, large ? 4 : 2),
    uint(0, 2),
    names.short.toBuffer(),
    names.long.toBuffer(),
    treeBytes,
  ])
}

function encodeScalar(value: JsonValue): Buffer {
  const tree = new TreeWriter(undefined)
  tree.write(value)
  const bytes = tree.toBuffer()
  const large = bytes.length > 0xffff
  const flags = OsonFlag.inlineLeaf | OsonFlag.lengthInNode | OsonFlag.scalar | (large ? OsonFlag.tree4 : 0)
  return Buffer.concat([header(OsonVersion.shortNames, flags), uint(bytes.length, large ? 4 : 2), bytes])
}

function header(version: number, flags: number): Buffer {
  return Buffer.concat([Buffer.of(...OSON_MAGIC, version), uint(flags, 2)])
}

function uint(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE(value, 0, size)
  return bytes
}

interface Name {
  readonly text: string
  readonly bytes: Buffer
  readonly hash: number
}

/** The names of one length class, in the order in which readers search them. */
class NameSegment {
  readonly names: readonly Name[]
  readonly #lengthSize: number
  readonly #bytes: Buffer
  readonly #offsets: readonly number[]

  constructor(names: readonly Name[], lengthSize: number) {
    this.names = [...names].sort(inSearchOrder)
    this.#lengthSize = lengthSize
    const parts = this.names.map(({ bytes }) => Buffer.concat([uint(bytes.length, lengthSize), bytes]))
    let end = 0
    this.#offsets = parts.map((part) => {
      end += part.length
      return end - part.length
    })
    this.#bytes = Buffer.concat(parts)
  }

  get count(): number {
    return this.names.length
  }

  get length(): number {
    return this.#bytes.length
  }

  get isLarge(): boolean {
    return this.length > 0xffff
  }

  toBuffer(): Buffer {
    const hashes = this.names.map(({ hash }) => uint(hash, this.#lengthSize))
    const offsets = this.#offsets.map((offset) => uint(offset, this.isLarge ? 4 : 2))
    return Buffer.concat([...hashes, ...offsets, this.#bytes])
  }
}

function inSearchOrder(left: Name, right: Name): number {
  return left.hash - right.hash || left.bytes.length - right.bytes.length || Buffer.compare(left.bytes, right.bytes)
}

/** All names of a value, each once, with the numbers under which the tree refers to them. */
class NameTable {
  readonly short: NameSegment
  readonly long: NameSegment
  readonly idSize: number
  readonly #ids = new Map<string, number>()

  constructor(value: JsonValue) {
    const texts = new Set<string>()
    collectNames(value, texts)
    const names = [...texts].map((text) => {
      const bytes = Buffer.from(text)
      return { text, bytes, hash: nameHash(bytes) }
    })
    this.short = new NameSegment(
      names.filter(({ bytes }) => bytes.length <= LONGEST_SHORT_NAME),
      1,
    )
    this.long = new NameSegment(
      names.filter(({ bytes }) => bytes.length > LONGEST_SHORT_NAME),
      2,
    )
    for (const { text } of [...this.short.names, ...this.long.names]) this.#ids.set(text, this.#ids.size + 1)
    this.idSize = names.length > 0xffff ? 4 : names.length > 0xff ? 2 : 1
  }

  get flags(): number {
    const count = this.idSize === 4 ? OsonFlag.nameCount4 : this.idSize === 2 ? OsonFlag.nameCount2 : 0
    return count | (this.short.isLarge ? OsonFlag.nameBytes4 : 0)
  }

  id(name: string): number {
    return this.#ids.get(name) ?? 0
  }

  counts(): Buffer {
    const { short, long } = this
    const parts = [uint(short.count, this.idSize), uint(short.length, short.isLarge ? 4 : 2)]
    if (long.count > 0) {
      parts.push(uint(long.isLarge ? 0 : SHORT_OFFSETS, 2), uint(long.count, 4), uint(long.length, 4))
    }
    return Buffer.concat(parts)
  }
}

function collectNames(value: JsonValue, names: Set<string>): void {
  if (isJsonArray(value)) for (const item of value) collectNames(item, names)
  if (!isJsonObject(value)) return
  for (const [name, member] of value) {
    names.add(name)
    collectNames(member, names)
  }
}

/** The low byte of the FNV-1a hash. */
function nameHash(bytes: Buffer): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16_777_619)
  return hash & 0xff
}

class TreeWriter {
  readonly #names: NameTable | undefined
  #bytes: Buffer = Buffer.allocUnsafe(256)
  #length = 0

  constructor(names: NameTable | undefined) {
    this.#names = names
  }

  toBuffer(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  write(value: JsonValue): void {
    if (value === null) this.#append(Buffer.of(OsonNode.null))
    else if (typeof value === 'boolean') this.#append(Buffer.of(value ? OsonNode.true : OsonNode.false))
    else if (typeof value === 'string') this.#writeText(Buffer.from(value))
    else if (OracleNumber.isDecimal(value)) this.#writeNumeric(value)
    else if (isJsonArray(value)) this.#writeContainer(OsonNode.array, [], value)
    else this.#writeContainer(OsonNode.object, [...value.keys()], [...value.values()])
  }

  #append(bytes: Uint8Array): void {
    const start = this.#reserve(bytes.length)
    this.#bytes.set(bytes, start)
  }

  #reserve(count: number): number {
    const start = this.#length
    const end = start + count
    if (end > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#bytes.length * 2))
      this.#bytes.copy(larger, 0, 0, start)
      this.#bytes = larger
    }
    this.#length = end
    return start
  }

  #writeText(text: Buffer): void {
    const [node, size] =
      text.length > 0xffff ? [OsonNode.text4, 4] : text.length > 0xff ? [OsonNode.text2, 2] : [OsonNode.text1, 1]
    this.#append(Buffer.of(node))
    this.#append(uint(text.length, size))
    this.#append(text)
  }

  #writeNumeric(value: OracleNumber): void {
    const fits = value.isZero() || Math.abs(value.e) <= LARGEST_EXPONENT
    if (fits) this.#writeNumber(value)
    else this.#writeDouble(value.toNumber())
  }

  #writeNumber(value: OracleNumber): void {
    const digits = encodeNumber(value)
    this.#append(Buffer.of(OsonNode.number, digits.length))
    this.#append(digits)
  }

  /** Doubles sort bytewise: positive ones have the sign bit set, negative ones all bits inverted. */
  #writeDouble(value: number): void {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    const isNegative = ((bytes[0] as number) & 0x80) !== 0
    this.#append(Buffer.of(OsonNode.double))
    this.#append(bytes.map((byte, index) => (isNegative ? byte ^ 0xff : index === 0 ? byte | 0x80 : byte)))
  }

  #writeContainer(node: number, names: readonly string[], children: readonly JsonValue[]): void {
    const count = children.length
    const countSize = count > 0xffff ? 4 : count > 0xff ? 2 : 1
    const countBits = countSize === 4 ? OsonContainer.count4 : countSize === 2 ? OsonContainer.count2 : 0
    this.#append(Buffer.of(node | OsonContainer.offsets4 | countBits))
    this.#append(uint(count, countSize))
    for (const name of names) this.#append(uint(this.#names?.id(name) ?? 0, this.#names?.idSize ?? 1))
    const offsets = this.#reserve(count * 4)
    children.forEach((child, index) => {
      this.#bytes.writeUInt32BE(this.#length, offsets + index * 4)
      this.write(child)
    })
  }
}
