/** The ORA number of an error of the driver, for example 20046; undefined when it has none. */
export function oracleErrorNumber(error: unknown): number | undefined {
  const number = (error as { errorNum?: unknown } | null | undefined)?.errorNum
  return typeof number === 'number' && number > 0 ? number : undefined
}
