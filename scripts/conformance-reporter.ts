import { join } from 'node:path'
import type { ReportEntry } from '@select-ai/adapter-conformance'
import { markdownTable } from 'markdown-table'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { adapterSources } from './adapter-sources.ts'

interface Result extends ReportEntry {
  readonly outcome: 'passed' | 'gap' | 'FAILED'
}

const captions = { adapters: 'Adapters', starters: 'Shutdown of the starters' } as const

/** Prints a run of the conformance suite as tables: a row for each behaviour, a column for each framework and version. */
export default class ConformanceReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const results = tests.map(resultOf).filter((result) => result !== undefined)
    for (const table of ['adapters', 'starters'] as const) {
      const rows = results.filter((result) => result.table === table)
      if (rows.length > 0) console.log(`\n${captions[table]}\n\n${tableOf(rows)}`)
    }
    console.log(`\n${codeTable()}\n\n${gapsOf(results)}`)
    for (const test of tests) if (test.result().state === 'failed') console.log(failureOf(test))
    for (const module of modules) for (const { message } of module.errors()) console.log(`FAILED ${message}`)
    const undeclared = results.filter(({ outcome }) => outcome === 'FAILED').length
    const passed = results.filter(({ outcome }) => outcome === 'passed').length
    const gaps = results.length - passed - undeclared
    console.log(`\n${passed} passed, ${gaps} declared gaps, ${undeclared} undeclared gaps`)
  }
}

function resultOf(test: TestCase): Result | undefined {
  const entry = test.meta().conformance
  if (entry === undefined) return undefined
  const { state } = test.result()
  return { ...entry, outcome: state === 'passed' ? 'passed' : state === 'skipped' ? 'gap' : 'FAILED' }
}

function tableOf(results: readonly Result[]): string {
  const subjects = unique(results.map(({ subject }) => subject)).sort()
  const names = subjects.map((subject) => subject.split(' ', 1)[0] ?? '')
  const versions = subjects.map((subject, index) => subject.slice((names[index] ?? '').length + 1))
  const behaviours = unique(results.map(({ group, behaviour }) => `${group}: ${behaviour}`))
  const cells = new Map(
    results.map(({ group, behaviour, subject, outcome }) => [`${group}: ${behaviour} ${subject}`, outcome]),
  )
  return markdownTable([
    ['', ...names],
    ...(versions.some((version) => version !== '') ? [['', ...versions]] : []),
    ...behaviours.map((behaviour) => [
      behaviour,
      ...subjects.map((subject) => cells.get(`${behaviour} ${subject}`) ?? '-'),
    ]),
  ])
}

function codeTable(): string {
  const rows = adapterSources(join(import.meta.dirname, '..'))
  return markdownTable([
    ['adapter', 'files', 'lines of code'],
    ...rows.map(({ adapter, files, lines }) => [adapter, `${files}`, `${lines}`]),
  ])
}

/** Each gap once, with those that have it. */
function gapsOf(results: readonly Result[]): string {
  const subjects = new Map<string, string[]>()
  for (const { outcome, behaviour, gap, subject } of results) {
    if (outcome !== 'gap') continue
    const sentence = `${behaviour}\n  ${gap}`
    subjects.set(sentence, [...(subjects.get(sentence) ?? []), subject])
  }
  const sentences = [...subjects].map(([sentence, those]) => `- ${those.sort().join(', ')}: ${sentence}`)
  return ['Declared gaps', '', ...(sentences.length > 0 ? sentences : ['none'])].join('\n')
}

function failureOf(test: TestCase): string {
  const { errors = [] } = test.result()
  return [`FAILED ${test.fullName}`, ...errors.map(({ message, stack }) => stack ?? message)].join('\n  ')
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
