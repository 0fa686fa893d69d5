import oracledb from 'oracledb'

/** The real driver, with a count of the pools that it was asked for. */
export interface CountingDriver {
  readonly driver: object
  readonly pools: number
}

export function countingDriver(): CountingDriver {
  let pools = 0
  const driver = new Proxy(oracledb, {
    get(target, member) {
      if (member === 'createPool') pools += 1
      return Reflect.get(target, member, target)
    },
  })
  return {
    driver,
    get pools() {
      return pools
    },
  }
}
