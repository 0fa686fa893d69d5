import { singular } from './singular.ts'

/** Words that say nothing about what a text is about. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after all also am an and any are as at be been before being both but by can could did do does doing for from ' +
    'get give had has have having he her here him his how i if in into is it its just like many may me more most much my no ' +
    'not now of off on one only or other our out over please she should show so some such tell than that the their them ' +
    'then there these they this those to too under up us use very was we were what when where which while who whom why ' +
    'will with would you your'
  ).split(' '),
)

/** The words of a text that tell what it is about, in one form for the forms of each, in the order of the text. */
export function wordsOf(text: string): readonly string[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => !EMPTY_WORDS.has(word)).map(stem)
}

/** The same for `deploys`, `deployed` and `deploying`, and not always a word itself. */
function stem(word: string): string {
  const shorter = singular(word)
    .replace(/ing$/, '')
    .replace(/([^aeiouls])\1$/, '$1')
    .replace(/(?<=.{3})e$/, '')
  return shorter.length >= 3 ? shorter : word
}
