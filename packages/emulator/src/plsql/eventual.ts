/** A value now or later. Most expressions need no waiting, and a loop of a million steps should not wait for each. */
export type Eventual<Value> = Value | Promise<Value>

/** Goes on with a value, at once when it is there. */
export function chain<Value, Next>(value: Eventual<Value>, next: (value: Value) => Eventual<Next>): Eventual<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Evaluates one after the other, from left to right. */
export function inOrder<Item, Result>(
  items: readonly Item[],
  evaluate: (item: Item) => Eventual<Result>,
): Eventual<Result[]> {
  const results: Result[] = []
  for (let index = 0; index < items.length; index += 1) {
    const result = evaluate(items[index] as Item)
    if (result instanceof Promise) return inOrderLater(items, evaluate, results, result)
    results.push(result)
  }
  return results
}

async function inOrderLater<Item, Result>(
  items: readonly Item[],
  evaluate: (item: Item) => Eventual<Result>,
  results: Result[],
  pending: Promise<Result>,
): Promise<Result[]> {
  results.push(await pending)
  while (results.length < items.length) results.push(await evaluate(items[results.length] as Item))
  return results
}
