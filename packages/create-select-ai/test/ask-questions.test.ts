import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { type Answers, askQuestions } from '../src/ask-questions.ts'
import { CreationError } from '../src/creation-error.ts'

const defaults: Answers = { directory: 'select-ai-app', template: 'fastify', install: true, git: true }
const templates = ['fastify', 'koa'].map((name) => ({ name, description: `about ${name}`, folder: '' }))
const keys = { enter: '\r', down: '\x1b[B', left: '\x1b[D', interrupt: '\x03' }

/** Somebody who types when a question has been read. */
function openConversation(given: Partial<Answers> = {}, signal: AbortSignal = new AbortController().signal) {
  const input = new PassThrough()
  const output = new PassThrough()
  let screen = ''
  output.on('data', (chunk) => {
    screen += chunk
  })
  const checkDirectory = (directory: string): void => {
    if (directory === 'full') throw new CreationError('FOLDER_NOT_EMPTY', 'full is not empty')
  }
  const options = { templates, packageManager: 'npm', defaults, checkDirectory, signal, input, output } as const
  const answers = askQuestions(given, options)
  answers.catch(() => {})
  const reply = async (question: string, ...typed: string[]): Promise<void> => {
    await expect.poll(() => screen).toContain(question)
    screen = ''
    for (const text of typed) input.write(text)
  }
  return { answers, reply }
}

test('every question is asked once, and its answer is taken', async () => {
  const { answers, reply } = openConversation()
  await reply('In which folder', 'my-app', keys.enter)
  await reply('Which framework', keys.down, keys.enter)
  await reply('npm install', keys.left, keys.enter)
  await reply('git repository', keys.enter)
  expect(await answers).toEqual({ directory: 'my-app', template: 'koa', install: false, git: true })
})

test('Enter alone takes the default of each question', async () => {
  const { answers, reply } = openConversation()
  for (const question of ['In which folder', 'about fastify', 'npm install', 'git repository']) {
    await reply(question, keys.enter)
  }
  expect(await answers).toEqual(defaults)
})

test('what the command line says is not asked', async () => {
  const { answers, reply } = openConversation({ directory: 'my-app', install: false, git: false })
  await reply('Which framework', keys.enter)
  expect(await answers).toEqual({ directory: 'my-app', template: 'fastify', install: false, git: false })
})

test('a folder that will not do is asked for again', async () => {
  const { answers, reply } = openConversation({ template: 'koa', install: true, git: true })
  await reply('In which folder', 'full', keys.enter)
  await reply('full is not empty', '-no-more', keys.enter)
  expect(await answers).toMatchObject({ directory: 'full-no-more' })
})

test.each(['Ctrl+C', 'a signal'])('%s at a question ends it all with 130', async (way) => {
  const controller = new AbortController()
  const { answers, reply } = openConversation({ directory: 'my-app' }, controller.signal)
  await reply('Which framework', ...(way === 'Ctrl+C' ? [keys.interrupt] : []))
  if (way === 'a signal') controller.abort()
  await expect(answers).rejects.toMatchObject({ exitCode: 130, message: 'Cancelled: nothing was created.' })
})
