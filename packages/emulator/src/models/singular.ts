const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  mice: 'mouse',
  lens: 'lens',
  lenses: 'lens',
  series: 'series',
  bought: 'buy',
  sold: 'sell',
  spent: 'spend',
  paid: 'pay',
  made: 'make',
  lent: 'lend',
  told: 'tell',
  gave: 'give',
  given: 'give',
  began: 'begin',
  begun: 'begin',
  came: 'come',
  ran: 'run',
  wrote: 'write',
  written: 'write',
  named: 'name',
  premiered: 'premiere',
  united: 'united',
}

/** One form for the forms of an English word: the singular of a noun, the present of a verb. Lower case in and out. */
export function singular(word: string): string {
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined
  if (known !== undefined) return known
  if (word.length <= 3 || /(?:ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|ss|x|zz)es$/.test(word)) return word.slice(0, -2)
  if (word.endsWith('ed') && word.length > 4 && !word.endsWith('eed')) return presentOf(word.slice(0, -2))
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** `borrow` of `borrowed`, `release` of `released`, `plan` of `planned`, each without its ending. */
function presentOf(base: string): string {
  if (/([bdgmnprt])\1$/.test(base)) return base.slice(0, -1)
  return /(?:[cgsuvz]|[iu]r|[^e]ar|at)$/.test(base) && !base.endsWith('ss') ? `${base}e` : base
}
