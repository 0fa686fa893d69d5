/**
 * Takes an item out of a list that each call enters and leaves; one that is not there is no mistake. The order of the others may
 * change. Such a list is an array whose places are emptied one by one, since whatever the engine throws away full, such as the
 * outgrown table of a Set or the elements of an array that was spliced, keeps the calls that stood there, and all that hangs on
 * them, until the next full garbage collection.
 */
export function takeOut<Item>(list: (Item | undefined)[], item: Item): void {
  const place = list.indexOf(item)
  if (place < 0) return
  const last = list.length - 1
  list[place] = list[last]
  list[last] = undefined
  list.length = last
}
