import type { JsonValue, RunSqlResult } from '@select-ai/core'
import Table from 'cli-table3'
import { withoutControls } from './print.ts'

/** Blanks between the columns and a line below their names, without a frame: fit to be read, cut and pasted. */
const plainLines = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
  ...{
    'bottom-right': '',
    left: '',
    right: '',
    middle: '  ',
    'left-mid': '',
    mid: '-',
    'mid-mid': '  ',
    'right-mid': '',
  },
}

/** The rows as a table for the terminal, without a line break at its end; numbers stand to the right. */
export function formatTable({ columns, rows }: RunSqlResult): string {
  const isNumeric = columns.map((column) => rows.every((row) => typeof (row[column] ?? 0) === 'number'))
  const table = new Table({
    chars: plainLines,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    head: columns.map(withoutControls),
    colAligns: isNumeric.map((numeric) => (numeric ? 'right' : 'left')),
  })
  table.push(...rows.map((row) => columns.map((column) => cellText(row[column]))))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function cellText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // A row is one line, whatever is in it.
  return withoutControls(text.replace(/\s+/g, ' '))
}
