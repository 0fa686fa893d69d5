import type { OracleDateTime } from '../values/oracle-date-time.ts'
import type { OracleNumber } from '../values/oracle-number.ts'
import type { DemoSchema } from './demo-schema.ts'
import { tableStatements } from './demo-table.ts'
import { DAY_MILLISECONDS, dateOf, int, money, type Row } from './demo-values.ts'
import { filmLibraryTables } from './film-library-tables.ts'
import * as words from './film-library-words.ts'
import { SeededRandom } from './seeded-random.ts'

const PERSONS = 70
const COPIES = 180
const MEMBERS = 120
const RENTALS = 1_500
const FIRST_RELEASE = 1958
const LAST_RELEASE = 2023
const OPENED = Date.UTC(2021, 0, 1)
const LAST_DAY = Date.UTC(2024, 11, 31)
/** Of the latest rentals some are still out. */
const STILL_OUT_DAYS = 14
/** The last copies and members are new: nobody has rented those, and they have rented nothing. */
const UNUSED = 6

/** A film library: films with their genres, cast and copies, and which member rented what. Always the same rows. */
export function filmLibrary(): DemoSchema {
  const random = new SeededRandom(19_580_412)
  const persons = personRows(random)
  const films = filmRows(random)
  const copies = copyRows(random)
  const members = memberRows(random)
  const rows = new Map<string, readonly Row[]>([
    ['LANGUAGES', words.languages.map((name, index) => [int(index + 1), name])],
    ['GENRES', words.genres.map((name, index) => [int(index + 1), name])],
    ['PERSONS', persons],
    ['FILMS', films],
    ['FILM_GENRES', films.flatMap((film) => genreRows(random, film))],
    ['ROLES', films.flatMap((film) => roleRows(random, film))],
    ['COPIES', copies],
    ['MEMBERS', members],
    ['RENTALS', rentalRows(random, films, copies, members)],
  ])
  return { owner: 'FILM_LIBRARY', statements: filmLibraryTables.flatMap(tableStatements), rows }
}

function someDay(random: SeededRandom, first: number, last: number): Date {
  return new Date(first + random.integer(0, (last - first) / DAY_MILLISECONDS) * DAY_MILLISECONDS)
}

function personRows(random: SeededRandom): Row[] {
  return Array.from({ length: PERSONS }, (_, index) => [
    int(index + 1),
    random.pick(words.personFirstNames),
    random.pick(words.personLastNames),
    dateOf(someDay(random, Date.UTC(1920, 0, 1), Date.UTC(1998, 11, 31))),
    random.pick(words.nationalities),
  ])
}

function filmRows(random: SeededRandom): Row[] {
  const ratings = [
    { item: 'family', weight: 3 },
    { item: 'teen', weight: 4 },
    { item: 'adult', weight: 2 },
  ]
  return words.titles.map((title, index) => [
    int(index + 1),
    title,
    int(random.integer(FIRST_RELEASE, LAST_RELEASE)),
    int(random.integer(1, words.languages.length)),
    // Half of the people act only.
    int(random.integer(1, PERSONS / 2)),
    int(random.integer(72, 195)),
    random.pickWeighted(ratings),
    money(random.integer(4, 18) * 25),
  ])
}

function genreRows(random: SeededRandom, [filmId]: Row): Row[] {
  const first = random.integer(1, words.genres.length)
  const second = random.integer(1, words.genres.length)
  const ids = random.next() < 0.4 && second !== first ? [first, second] : [first]
  return ids.map((id) => [filmId as OracleNumber, int(id)])
}

function roleRows(random: SeededRandom, [filmId]: Row): Row[] {
  const people = new Set(Array.from({ length: random.integer(2, 5) }, () => random.integer(1, PERSONS)))
  return [...people].map((id) => [filmId as OracleNumber, int(id), random.pick(words.roleNames)])
}

function copyRows(random: SeededRandom): Row[] {
  const media = [
    { item: 'DVD', weight: 5 },
    { item: 'Blu-ray', weight: 3 },
    { item: 'VHS', weight: 1 },
  ]
  return Array.from({ length: COPIES }, (_, index) => [
    int(index + 1),
    // Every film but the last ones has a copy.
    int((index % (words.titles.length - UNUSED)) + 1),
    random.pickWeighted(media),
    random.pick(['new', 'good', 'good', 'worn', 'damaged']),
    dateOf(someDay(random, OPENED, LAST_DAY)),
    money(random.integer(12, 120) * 25),
  ])
}

function memberRows(random: SeededRandom): Row[] {
  return Array.from({ length: MEMBERS }, (_, index) => [
    int(index + 1),
    random.pick(words.memberFirstNames),
    random.pick(words.memberLastNames),
    random.pick(words.memberCities),
    random.pick(['standard', 'standard', 'student', 'family']),
    dateOf(someDay(random, OPENED, LAST_DAY)),
    random.next() < 0.2 ? null : `0700 ${random.integer(100_000, 999_999)}`,
  ])
}

function rentalRows(
  random: SeededRandom,
  films: readonly Row[],
  copies: readonly Row[],
  members: readonly Row[],
): Row[] {
  const used = copies.slice(0, -UNUSED)
  const active = members.slice(0, -UNUSED)
  const rentals = Array.from({ length: RENTALS }, () => {
    const copy = random.pick(used)
    const member = random.pick(active)
    const [bought, joined] = [copy[4], member[5]].map((date) => (date as OracleDateTime).toUtcMilliseconds())
    return { copy, member, day: someDay(random, Math.max(bought ?? 0, joined ?? 0), LAST_DAY) }
  }).sort((left, right) => left.day.getTime() - right.day.getTime())
  return rentals.map(({ copy, member, day }, index): Row => {
    const days = random.integer(1, 10)
    const back = new Date(day.getTime() + days * DAY_MILLISECONDS)
    const isOut = day.getTime() > LAST_DAY - STILL_OUT_DAYS * DAY_MILLISECONDS && back.getTime() > LAST_DAY
    const film = films[(copy[1] as OracleNumber).toNumber() - 1] as Row
    return [
      int(index + 1),
      copy[0] as OracleNumber,
      member[0] as OracleNumber,
      dateOf(day),
      isOut ? null : dateOf(back),
      money((film[7] as OracleNumber).toNumber() * 100 * days),
    ]
  })
}
