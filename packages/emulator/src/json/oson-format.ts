/** The bytes with which Oracle's binary JSON begins. */
export const OSON_MAGIC: readonly number[] = [0xff, 0x4a, 0x5a]

/** Names of up to 255 bytes, and a second list of longer ones. */
export const OsonVersion = { shortNames: 1, longNames: 3 } as const

/** Flags of the header. */
export const OsonFlag = {
  relativeOffsets: 0x0001,
  inlineLeaf: 0x0002,
  lengthInNode: 0x0004,
  nameCount4: 0x0008,
  scalar: 0x0010,
  hash1: 0x0100,
  nameCount2: 0x0400,
  nameBytes4: 0x0800,
  tree4: 0x1000,
  tinyNodes: 0x2000,
} as const

/** Flag of the list of long names: its offsets have two bytes. */
export const SHORT_OFFSETS = 0x0100

/** First bytes of the nodes of the tree. Those below 0x20 are texts of that length. */
export const OsonNode = {
  null: 0x30,
  true: 0x31,
  false: 0x32,
  text1: 0x33,
  number: 0x34,
  double: 0x36,
  text2: 0x37,
  text4: 0x38,
  timestamp: 0x39,
  bytes2: 0x3a,
  bytes4: 0x3b,
  date: 0x3c,
  intervalMonths: 0x3d,
  intervalDays: 0x3e,
  timestampTz: 0x7c,
  timestamp7: 0x7d,
  id: 0x7e,
  float: 0x7f,
  object: 0x84,
  array: 0xc0,
} as const

/** Bits of a container's node. */
export const OsonContainer = { container: 0x80, array: 0x40, offsets4: 0x20, counts: 0x18, count2: 0x08, count4: 0x10 }
