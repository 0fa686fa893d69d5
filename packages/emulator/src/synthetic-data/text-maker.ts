import { firstNames, lastNames } from '../demo/sales-history-words.ts'
import type { SeededRandom } from '../demo/seeded-random.ts'

type Maker = (random: SeededRandom) => string

const words = (text: string): readonly string[] => text.split(' ')

const ADJECTIVES = words(
  'Silent Golden Northern Hidden Bright Second Broken Gentle Distant Open Quiet Early Amber Steady',
)
const NOUNS = words(
  'River Harbour Garden Letter Mountain Season Bridge Market Window Journey Signal Island Orchard Summit',
)
const CITIES = words('Lisbon Oslo Kyoto Toronto Nairobi Quito Dublin Prague Hanoi Tunis Perth Turin Bergen Porto')
const COUNTRIES = words('Portugal Norway Japan Canada Kenya Ecuador Ireland Vietnam Tunisia Australia Italy Chile')
const STREETS = words('Mill Church Station Park Lake Hill Forest Bridge Garden Market')

const pick =
  (choices: readonly string[]): Maker =>
  (random) =>
    random.pick(choices)

const person: Maker = (random) => `${firstName(random)} ${random.pick(lastNames)}`
const firstName: Maker = (random) => random.pick([...firstNames.F, ...firstNames.M])
const title: Maker = (random) => `The ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`
const thing: Maker = (random) => `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`
const sentence: Maker = (random) =>
  `${title(random)} leads from the ${random.pick(NOUNS).toLowerCase()} to the ${random.pick(NOUNS).toLowerCase()}.`
const digits =
  (count: number): Maker =>
  (random) =>
    Array.from({ length: count }, () => random.integer(0, 9)).join('')

/** By what a column's name contains; the first that fits counts. */
const makers: readonly (readonly [pattern: RegExp, make: Maker])[] = [
  [/E_?MAIL/, (random) => `${firstName(random)}.${random.pick(lastNames)}@example.com`.toLowerCase()],
  [/FIRST_?NAME|GIVEN_?NAME|FORENAME/, firstName],
  [/LAST_?NAME|SURNAME|FAMILY_?NAME/, pick(lastNames)],
  [/GENDER|(?:^|_)SEX$/, pick(['F', 'M'])],
  [/^IS_|^HAS_|FLAG|(?:^|_)ACTIVE$|(?:^|_)YN$/, pick(['Y', 'N'])],
  [/CITY|TOWN/, pick(CITIES)],
  [/COUNTRY|NATION/, pick(COUNTRIES)],
  [/STATE|PROVINCE|REGION/, pick(words('North South East West Central'))],
  [/STREET|ADDRESS/, (random) => `${random.integer(1, 200)} ${random.pick(STREETS)} Street`],
  [/PHONE|MOBILE|(?:^|_)FAX/, (random) => `+1-555-${digits(7)(random)}`],
  [/ZIP|POST_?CODE|POSTAL/, digits(5)],
  [/URL|WEBSITE|LINK/, (random) => `https://example.com/${random.pick(NOUNS).toLowerCase()}`],
  [/STATUS/, pick(words('ACTIVE INACTIVE PENDING'))],
  [/CURRENCY/, pick(words('EUR USD GBP JPY'))],
  [/COLOU?R/, pick(words('red green blue amber white black'))],
  [/LANGUAGE/, pick(words('English French German Spanish Japanese'))],
  [/GENRE/, pick(words('Drama Comedy Thriller Documentary Adventure'))],
  [/CATEGORY|TYPE|CLASS|KIND|GROUP/, pick(words('Standard Classic Premium Basic Special'))],
  [/DESCRIPTION|COMMENT|NOTE|SUMMARY|REVIEW|BODY|CONTENT|TEXT/, sentence],
  [/TITLE/, title],
  [/CODE|SKU|SERIAL|NUMBER|(?:^|_)NO$/, (random) => `${random.pick(words('A B C D E'))}${digits(4)(random)}`],
  [/MANAGER|AUTHOR|DIRECTOR|ACTOR|OWNER|CONTACT|(?:^|_)USER|CREATED_BY|UPDATED_BY/, person],
]

const OF_PEOPLE =
  /PERSON|PEOPLE|CUSTOMER|EMPLOYEE|ACTOR|DIRECTOR|STUDENT|USER|AUTHOR|MEMBER|PATIENT|TEACHER|GYMNAST|ARTIST/

/** A text as a column of that name could have it, cut to its length. */
export function makeText(tableName: string, columnName: string, length: number, random: SeededRandom): string {
  const made = makerFor(tableName, columnName)(random)
  return made.length <= length ? made : made.slice(0, length).trimEnd()
}

function makerFor(tableName: string, columnName: string): Maker {
  const found = makers.find(([pattern]) => pattern.test(columnName))
  if (found !== undefined) return found[1]
  return /NAME/.test(columnName) && OF_PEOPLE.test(tableName) ? person : thing
}
