import { OracleError } from '../../oracle-error.ts'

type Vector = readonly number[]

/** How near two vectors are, by the names of the attribute `vector_distance_metric`: 1 for the same, less for others. */
const similarities: Readonly<Record<string, (one: Vector, other: Vector) => number>> = {
  cosine,
  dot,
  euclidean: (one, other) => nearness(Math.sqrt(squares(one, other))),
  l2_squared: (one, other) => nearness(squares(one, other)),
  manhattan: (one, other) => nearness(sum(one, (value, place) => Math.abs(value - (other[place] ?? 0)))),
  hamming: (one, other) => 1 - sum(one, (value, place) => (value === other[place] ? 0 : 1)) / Math.max(one.length, 1),
}

/** @throws OracleError ORA-51803 for vectors of different lengths. */
export function similarity(metric: string, one: Vector, other: Vector): number {
  if (one.length !== other.length) {
    throw new OracleError(51803, `Vector dimension count must match (${one.length} and ${other.length})`)
  }
  return (similarities[metric] ?? cosine)(one, other)
}

function cosine(one: Vector, other: Vector): number {
  const lengths = Math.hypot(...one) * Math.hypot(...other)
  return lengths === 0 ? 0 : dot(one, other) / lengths
}

function dot(one: Vector, other: Vector): number {
  return sum(one, (value, place) => value * (other[place] ?? 0))
}

function squares(one: Vector, other: Vector): number {
  return sum(one, (value, place) => (value - (other[place] ?? 0)) ** 2)
}

/** A distance from 0 on as a similarity from 1 down. */
function nearness(distance: number): number {
  return 1 / (1 + distance)
}

function sum(vector: Vector, term: (value: number, place: number) => number): number {
  let total = 0
  for (let place = 0; place < vector.length; place += 1) total += term(vector[place] ?? 0, place)
  return total
}
