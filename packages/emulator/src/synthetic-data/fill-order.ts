import type { TableShape } from './table-shape.ts'

/** Parents before children; otherwise as they were given. Of tables that reference each other the first given comes first. */
export function parentsFirst<Item extends { readonly table: TableShape }>(items: readonly Item[]): readonly Item[] {
  const ordered: Item[] = []
  const entered = new Set<Item>()
  const enter = (item: Item): void => {
    if (entered.has(item)) return
    entered.add(item)
    for (const parent of items) if (isParent(parent.table, item.table)) enter(parent)
    ordered.push(item)
  }
  for (const item of items) enter(item)
  return ordered
}

function isParent(candidate: TableShape, child: TableShape): boolean {
  return child.parents.some(({ owner, table }) => owner === candidate.owner && table === candidate.name)
}
