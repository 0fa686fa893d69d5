import type { OracleNumber } from '../values/oracle-number.ts'

/** A JSON value. Numbers keep all their digits, and objects the order of their members. */
export type JsonValue = null | boolean | string | OracleNumber | JsonArray | JsonObject

export type JsonArray = readonly JsonValue[]

export type JsonObject = ReadonlyMap<string, JsonValue>

export function isJsonArray(value: JsonValue): value is JsonArray {
  return Array.isArray(value)
}

export function isJsonObject(value: JsonValue): value is JsonObject {
  return value instanceof Map
}

/** True for objects and arrays. */
export function isContainer(value: JsonValue): value is JsonArray | JsonObject {
  return isJsonArray(value) || isJsonObject(value)
}
