import type { Expression, GroupItem } from '../parse/syntax-tree.ts'

/** The lists of expressions that a GROUP BY groups by, in the engine's text: several for ROLLUP, CUBE and GROUPING SETS. */
export function groupingSets(
  items: readonly GroupItem[],
  translate: (value: Expression) => string,
): readonly (readonly string[])[] {
  let sets: readonly (readonly string[])[] = [[]]
  for (const item of items) {
    const choices =
      item.kind === 'expression'
        ? [item.value.kind === 'list' ? item.value.items.map(translate) : [translate(item.value)]]
        : item.sets.map((set) => set.map(translate))
    sets = sets.flatMap((set) => choices.map((choice) => [...set, ...choice.filter((key) => !set.includes(key))]))
  }
  return sets
}
