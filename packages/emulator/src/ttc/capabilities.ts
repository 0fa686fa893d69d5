/** The newest message layouts that this server speaks (those of release 23ai). */
export const NEWEST_FIELD_VERSION = 24
/** The oldest. */
export const OLDEST_FIELD_VERSION = 7

/** Field versions that changed a layout. */
export const FieldVersion = {
  release12c2: 8,
  release12c2b: 9,
  release18: 11,
  release20: 14,
  release21: 16,
  release23: 17,
  tokens: 18,
  annotations: 20,
  endOfResponse: 24,
} as const

/** What the two sides agreed on: it decides the layout of most messages. */
export interface Agreement {
  readonly fieldVersion: number
  /** Texts whose length was given before carry it once more in front. */
  readonly conventionalLengths: boolean
  /** End-of-call messages have the two fields of release 20. */
  readonly longEndOfCall: boolean
  /** Column descriptions have the fields of release 23. */
  readonly longDescribe: boolean
  /** A column's scale, and the answer to "is it open", travel as integers and not as one byte. */
  readonly wideScale: boolean
  /** LOB locators in rows have length and chunk size in front unless a define says otherwise. */
  readonly lobPrefetch: boolean
  /** Responses end with a message of their own and a packet flag. */
  readonly endOfResponse: boolean
}

const COMPILE_FIELD_VERSION = 7
const COMPILE_LOB = 23
const COMPILE_RESPONSES = 40
const LOB_PREFETCH = 0x40
const END_OF_RESPONSE = 0x20
const IN_BAND_NOTICES = 0x04
const RUNTIME_TIME_ZONE = 1

/** Compile capabilities that do not depend on the configuration, by index. */
const COMPILE_CAPABILITIES: readonly (readonly [index: number, value: number])[] = [
  [0, 6],
  [4, 0xea],
  [5, 0x08],
  [8, 1],
  [9, 1],
  [15, 0x29],
  [16, 0x90],
  [17, 3],
  [18, 7],
  [19, 3],
  [21, 1],
  [COMPILE_LOB, 0xcf],
  [26, 0x04],
  [27, 1],
  [31, 0x10],
  [34, 12],
  [37, 0xb8],
  [39, 8],
  [42, 0x05],
]

const PIPELINING = 44
const TOKENS_AND_PIPELINING = 0x06

export function compileCapabilities(fieldVersion: number, endOfResponse: boolean): Uint8Array {
  const bytes = new Uint8Array(53)
  for (const [index, value] of COMPILE_CAPABILITIES) bytes[index] = value
  bytes[COMPILE_FIELD_VERSION] = fieldVersion
  bytes[COMPILE_RESPONSES] = IN_BAND_NOTICES | (endOfResponse ? END_OF_RESPONSE : 0)
  if (endOfResponse) bytes[PIPELINING] = TOKENS_AND_PIPELINING
  return bytes
}

/** Runtime capabilities: the time zone in the data types message, and VARCHAR2 up to 32767 bytes. */
export function runtimeCapabilities(): Uint8Array {
  return Uint8Array.of(2, 1, 0, 0, 0, 0, 0x04)
}

export interface ClientDataTypes {
  readonly conventionalLengths: boolean
  readonly compile: Uint8Array
  readonly runtime: Uint8Array
  /** Representation by data type number. */
  readonly types: ReadonlyMap<number, number>
}

const SIGNED_BYTE = 27
const RAW_BYTE = 10
const END_OF_CALL_20 = 652
const DESCRIBE_23 = 663

export function hasTimeZone(runtime: Uint8Array): boolean {
  return ((runtime[RUNTIME_TIME_ZONE] ?? 0) & 1) === 1
}

export function agree(client: ClientDataTypes, server: { fieldVersion: number; endOfResponse: boolean }): Agreement {
  const fieldVersion = Math.min(server.fieldVersion, client.compile[COMPILE_FIELD_VERSION] ?? 0)
  const { compile, types } = client
  return {
    fieldVersion,
    conventionalLengths: client.conventionalLengths,
    longEndOfCall: fieldVersion >= FieldVersion.release20 && types.has(END_OF_CALL_20),
    longDescribe: types.has(DESCRIBE_23),
    wideScale: types.get(SIGNED_BYTE) !== RAW_BYTE,
    lobPrefetch: ((compile[COMPILE_LOB] ?? 0) & LOB_PREFETCH) !== 0,
    endOfResponse:
      server.endOfResponse &&
      fieldVersion >= FieldVersion.endOfResponse &&
      ((compile[COMPILE_RESPONSES] ?? 0) & END_OF_RESPONSE) !== 0,
  }
}
