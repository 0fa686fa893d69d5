/** Cuts a text into pieces of at most `length` UTF-16 code units (at least 2), never through a surrogate pair. */
export function* splitText(text: string, length: number): Generator<string, void> {
  let start = 0
  while (start < text.length) {
    const limit = start + length
    const end = limit < text.length && isInsidePair(text, limit) ? limit - 1 : limit
    yield text.slice(start, end)
    start = end
  }
}

function isInsidePair(text: string, index: number): boolean {
  return isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(index), 0xdc00, 0xdfff)
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}
