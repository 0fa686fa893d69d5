/** Where a row stands, as its ROWID tells. */
export interface RowAddress {
  /** The number of the table. */
  readonly object: number
  readonly file: number
  readonly block: number
  readonly row: number
}

const ROWS_OF_BLOCK = 4096
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The address of a row, by the number that it has within its table. */
export function rowAddress(object: number, row: number): RowAddress {
  return { object, file: 1, block: Math.floor(row / ROWS_OF_BLOCK), row: row % ROWS_OF_BLOCK }
}

/** Oracle's form of 18 characters: six for the object, three for the file, six for the block, three for the row. */
export function rowIdText({ object, file, block, row }: RowAddress): string {
  return digits(object, 6) + digits(file, 3) + digits(block, 6) + digits(row, 3)
}

function digits(value: number, width: number): string {
  let text = ''
  for (let rest = value; text.length < width; rest = Math.floor(rest / 64)) text = DIGITS[rest % 64] + text
  return text
}
