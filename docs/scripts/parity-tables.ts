import { readFileSync } from 'node:fs'
import { markdownTable } from './markdown-table.ts'
import { type ParityRow, type Proof, parityGroups } from './parity-rows.ts'

const repository = 'https://github.com/select-ai-node/select-ai-node/blob/main'
const root = new URL('../../', import.meta.url)
const signs: Readonly<Record<string, string>> = { yes: '✓', no: '–' }

/** What each client can do, a table for each subject. Every cell of ours links to a test; one that is not there is an error. */
export function parityTables(): string {
  const heads = ['', 'Here', 'Python 1.4', 'Python 1.5', 'Java 1.0']
  return parityGroups.map(({ title, rows }) => `## ${title}\n\n${markdownTable(heads, rows.map(cellsOf))}`).join('\n')
}

function cellsOf({ feature, python14, python15, java, ours }: ParityRow): string[] {
  const others = [python14, python15, java].map((offer) => signs[offer] ?? offer)
  return [feature, ours.map(linkOf).join('<br>') || '–', ...others]
}

function linkOf({ call, test: [file, title] }: Proof): string {
  const lines = readFileSync(new URL(file, root), 'utf8').split('\n')
  const line = lines.findIndex((text) => text.includes(`'${title}'`))
  if (line < 0) throw new Error(`${file} has no test '${title}', which the row of ${call} names.`)
  return `[\`${call}\`](${repository}/${file}#L${line + 1})`
}
