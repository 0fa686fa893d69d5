import type { ChatRequest } from '../model.ts'

const LONGEST_REPETITION = 2_000_000
/** A longer prompt is no wish to repeat something, and is not searched for one. */
const LONGEST_WISH = 1_000
const LONGEST_TOPIC = 120

const INTRODUCTION = 'I am the offline model of the local emulator, not a language model, so I cannot chat about'

const ABILITIES =
  'What I can do is read questions about the tables of a profile by rules: ask with the action runsql, showsql, ' +
  'explainsql or narrate, for example "How many promotions?". For conversation, start the emulator with a real model, ' +
  'or point your application at an Autonomous Database with a Select AI profile.'

/** The answer to a prompt that is not about tables. */
export function chatAnswer(prompt: string, history: ChatRequest['history']): string {
  return repetition(prompt) ?? recollection(prompt, history) ?? `${INTRODUCTION} "${topic(prompt)}".\n\n${ABILITIES}`
}

/** `What did I ask before?`: the one thing to be said about a conversation without understanding it. */
function recollection(prompt: string, history: ChatRequest['history']): string | undefined {
  if (prompt.length > LONGEST_WISH) return undefined
  const isWanted = /\bwhat (?:did|have) I (?:just )?(?:ask|said|say)|\bwhat was my (?:last|previous) question/i.test(
    prompt,
  )
  if (!isWanted) return undefined
  const last = history.at(-1)
  return last === undefined
    ? 'You have not asked anything before in this conversation.'
    : `You asked: "${topic(last.prompt)}".`
}

/** `Repeat the word tea 5000 times`: the one wish that needs no understanding, good for testing long answers. */
function repetition(prompt: string): string | undefined {
  if (prompt.length > LONGEST_WISH) return undefined
  const wish =
    /^\s*(?:please\s+)?repeat\s+(?:the\s+(?:words?|text|sentence|letter)\s+)?(.+?)\s+([\d,]+)\s+times[\s.!]*$/is.exec(
      prompt,
    )
  if (wish === null) return undefined
  const text = (wish[1] ?? '').replace(/^(["'])(.*)\1$/s, '$2')
  const times = Number((wish[2] ?? '').replaceAll(',', ''))
  const piece = `${text} `
  const wanted = Math.min(times, Math.ceil((LONGEST_REPETITION + 1) / piece.length))
  return piece.repeat(wanted).slice(0, Math.min(LONGEST_REPETITION, Math.max(0, wanted * piece.length - 1)))
}

function topic(prompt: string): string {
  const words = prompt.trim().replace(/\s+/g, ' ')
  return words.length <= LONGEST_TOPIC ? words : `${words.slice(0, LONGEST_TOPIC).replace(/[\uD800-\uDBFF]$/, '')}...`
}
