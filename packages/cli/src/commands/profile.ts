import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import type { Profile, SummarySource } from '@select-ai/core'
import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionOptions, profileOption } from '../connection/connection-options.ts'
import { readPoolOptions } from '../connection/pool-options.ts'
import { withPool } from '../connection/with-pool.ts'
import { interruptible } from '../terminal/interruption.ts'
import { printJson, printText, remark } from '../terminal/print.ts'
import { UsageError } from '../usage-error.ts'

interface ListOptions extends ConnectionOptions {
  readonly pattern: string
  readonly json?: boolean
}

interface ProfileOptions extends ConnectionOptions {
  readonly profile: string
}

interface TranslateOptions extends ProfileOptions {
  readonly sourceLanguage: string
  readonly targetLanguage: string
}

interface SummarizeOptions extends ProfileOptions {
  readonly prompt?: string
  readonly locationUri?: string
  readonly file?: string
  readonly credentialName?: string
}

/** Adds the commands about profiles, and those that give a profile a text instead of a question. */
export function addProfileCommands(program: Command): void {
  const group = program.command('profile').description('list profiles, translate and summarize texts')
  const list = group
    .command('list')
    .description('print the names of your profiles, one a line')
    .option('--pattern <expression>', 'regular expression of the database that the names match', '.*')
    .option('--json', 'print the profiles with their attributes as JSON')
  addConnectionOptions(list).action(listProfiles)
  const translate = group
    .command('translate')
    .description('translate a text')
    .argument('<text...>', 'the text; in quotes when it holds characters of the shell')
    .addOption(profileOption('whom to ask; its provider must be oci').makeOptionMandatory())
    .requiredOption('--source-language <name>', 'language of the text, as name or code: English, en')
    .requiredOption('--target-language <name>', 'language to translate into')
  addConnectionOptions(translate).action((text: string[], options: TranslateOptions) =>
    printTranslation(text.join(' '), options),
  )
  const summarize = group
    .command('summarize')
    .description('summarize a text: CONTENT, a file, or what the database finds at a location')
    .argument('[content]', 'the text')
    .addOption(profileOption('whom to ask').makeOptionMandatory())
    .option('--file <path>', 'read the text from a file; - is standard input')
    .option('--location-uri <uri>', 'have the database load the text, from an object store or by HTTPS')
    .option('--credential-name <name>', 'credential of the database for that location')
    .option('--prompt <text>', 'what to pay attention to, for example "Keep all dates."')
  addConnectionOptions(summarize).action(printSummary)
}

function listProfiles({ pattern, json, ...options }: ListOptions): Promise<void> {
  return interruptible(async (signal) =>
    withPool(await readPoolOptions(options), signal, async (pool) => {
      const profiles = await pool.listProfiles({ pattern, signal })
      if (json) printJson({ ok: true, profiles })
      else if (profiles.length === 0) remark(`No profile of ${options.user} matches ${pattern}.`)
      else printText(profiles.map(({ name }) => name).join('\n'))
    }),
  )
}

function printTranslation(text: string, options: TranslateOptions): Promise<void> {
  const { sourceLanguage, targetLanguage } = options
  return askProfile(options, (profile, signal) => profile.translate(text, { sourceLanguage, targetLanguage, signal }))
}

async function printSummary(content: string | undefined, options: SummarizeOptions): Promise<void> {
  const source = await readSource(content, options)
  const { prompt } = options
  await askProfile(options, (profile, signal) => profile.summarize(source, { prompt, signal }))
}

/** @throws UsageError unless there is exactly one text. */
async function readSource(content: string | undefined, options: SummarizeOptions): Promise<SummarySource> {
  const { file, locationUri, credentialName } = options
  const sources = [content, file, locationUri].filter((source) => source !== undefined)
  if (sources.length !== 1) {
    throw new UsageError(
      `Give CONTENT, --file or --location-uri; ${sources.length || 'none'} of them ${sources.length > 1 ? 'are' : 'is'} given.`,
    )
  }
  if (credentialName !== undefined && locationUri === undefined) {
    throw new UsageError('--credential-name belongs to --location-uri; a text that is sent along needs no credential.')
  }
  if (locationUri !== undefined) return { locationUri, credentialName }
  return { content: content ?? (await readText(file as string)) }
}

async function readText(file: string): Promise<string> {
  try {
    const text = file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8')
    if (text.trim() !== '') return text
  } catch (cause) {
    throw new UsageError(`--file: ${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
  throw new UsageError(`--file: there is no text in ${file === '-' ? 'standard input' : file}.`)
}

function askProfile(
  options: ProfileOptions,
  ask: (profile: Profile, signal: AbortSignal) => Promise<string>,
): Promise<void> {
  return interruptible(async (signal) =>
    withPool(await readPoolOptions(options), signal, async (pool) =>
      printText(await ask(pool.profile(options.profile), signal)),
    ),
  )
}
