import type { OracleDateTime } from '../values/oracle-date-time.ts'
import type { OracleNumber } from '../values/oracle-number.ts'
import type { OracleValue } from '../values/oracle-value.ts'
import type { DemoSchema } from './demo-schema.ts'
import { tableStatements } from './demo-table.ts'
import { DAY_MILLISECONDS, dateOf, int, money, type Row } from './demo-values.ts'
import { type Place, places } from './sales-history-places.ts'
import { salesHistoryTables } from './sales-history-tables.ts'
import * as words from './sales-history-words.ts'
import { SeededRandom } from './seeded-random.ts'

const FIRST_YEAR = 2022
const YEARS = 3
const CUSTOMERS = 600
const SALES = 6_000
const PROMOTIONS = 503
/** The promotion of all sales that no promotion led to. */
const NO_PROMOTION_ID = 999
/** A third of the sales has a promotion. */
const PROMOTED_SHARE = 0.33
/** How many pieces are bought at once. */
const QUANTITIES = [
  { item: 1, weight: 80 },
  { item: 2, weight: 14 },
  { item: 3, weight: 6 },
]

/** A sales history in a star: sales and costs by product, customer, day, channel and promotion. Always the same rows. */
export function salesHistory(): DemoSchema {
  const random = new SeededRandom(20_220_101)
  const days = calendarDays()
  const products = productRows(random)
  const promotions = promotionRows(random, days)
  const rows = new Map<string, readonly Row[]>([
    ['COUNTRIES', places.map(countryRow)],
    ['CUSTOMERS', customerRows(random)],
    ['PRODUCTS', products],
    ['PROMOTIONS', promotions],
    ['CHANNELS', words.channels.map(([name, kind], index) => [int(index + 1), name, kind])],
    ['TIMES', days.map(timeRow)],
    ['SALES', saleRows(random, days, products, promotions)],
    ['COSTS', costRows(random, days, products)],
  ])
  return { owner: 'SH', statements: salesHistoryTables.flatMap(tableStatements), rows }
}

function countryId(index: number): OracleNumber {
  return int(52_701 + index)
}

function countryRow(place: Place, index: number): Row {
  return [countryId(index), place.iso, place.country, place.subregion, place.region]
}

function customerRows(random: SeededRandom): Row[] {
  const homes = places.map((place, index) => ({ item: { place, index }, weight: place.weight }))
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const { place, index: country } = random.pickWeighted(homes)
    const gender = random.pick(['F', 'M'] as const)
    const first = random.pick(words.firstNames[gender])
    const last = random.pick(words.lastNames)
    const [city, state] = random.pick(place.cities)
    return [
      int(index + 1),
      first,
      last,
      gender,
      int(random.integer(1940, 2004)),
      // Some customers never told us.
      random.next() < 0.15 ? null : random.pick(words.maritalStatuses),
      city,
      state,
      countryId(country),
      random.next() < 0.05 ? null : random.pick(words.incomeLevels),
      int(random.pick(words.creditLimits)),
      `${first}.${last}.${index + 1}@mail.example`.toLowerCase(),
    ]
  })
}

function productRows(random: SeededRandom): Row[] {
  return words.productLines.flatMap((line, lineIndex) =>
    line.names.map((name, index) => {
      const dollars = Math.round(line.lowestPrice * (1 + index * 0.45 + random.next() * 0.4))
      const cents = dollars * 100 + 99
      const status = random.pickWeighted([
        { item: 'available', weight: 8 },
        { item: 'orderable', weight: 2 },
        { item: 'obsolete', weight: 1 },
      ])
      return [
        int(lineIndex * line.names.length + index + 1),
        name,
        `${name}, from our range of ${line.subcategory.toLowerCase()}`,
        line.subcategory,
        line.category,
        status,
        money(cents),
        money(cents * 0.8),
      ]
    }),
  )
}

function promotionRows(random: SeededRandom, days: readonly Date[]): Row[] {
  const numbers = new Map<string, number>()
  const campaigns = Array.from({ length: PROMOTIONS - 1 }, (_, index): Row => {
    const kind = random.pick(words.promotionKinds)
    const name = `${random.pick(words.promotionThemes)} ${kind.subcategory}`
    const number = (numbers.get(name) ?? 0) + 1
    numbers.set(name, number)
    const firstDay = random.integer(0, days.length - 46)
    const lastDay = firstDay + random.integer(7, 45)
    return [
      int(index + 1),
      `${name} #${number}`,
      kind.subcategory,
      kind.category,
      int(random.integer(kind.lowestCost / 50, kind.highestCost / 50) * 50),
      dateOf(days[firstDay] as Date),
      dateOf(days[lastDay] as Date),
    ]
  })
  const first = dateOf(days[0] as Date)
  const last = dateOf(days.at(-1) as Date)
  return [...campaigns, [int(NO_PROMOTION_ID), 'no promotion', 'none', 'none', int(0), first, last]]
}

function calendarDays(): Date[] {
  const start = Date.UTC(FIRST_YEAR, 0, 1)
  const end = Date.UTC(FIRST_YEAR + YEARS, 0, 1)
  return Array.from(
    { length: (end - start) / DAY_MILLISECONDS },
    (_, index) => new Date(start + index * DAY_MILLISECONDS),
  )
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = 'January February March April May June July August September October November December'.split(' ')

function timeRow(day: Date): Row {
  const year = day.getUTCFullYear()
  const month = day.getUTCMonth() + 1
  const weekday = (day.getUTCDay() + 6) % 7
  const quarter = Math.ceil(month / 3)
  const dayOfYear = (day.getTime() - Date.UTC(year, 0, 1)) / DAY_MILLISECONDS
  return [
    dateOf(day),
    weekdays[weekday] as string,
    int(weekday + 1),
    int(day.getUTCDate()),
    int(Math.floor(dayOfYear / 7) + 1),
    int(month),
    months[month - 1] as string,
    `${year}-${String(month).padStart(2, '0')}`,
    int(quarter),
    `${year}-Q${quarter}`,
    int(year),
  ]
}

function saleRows(
  random: SeededRandom,
  days: readonly Date[],
  products: readonly Row[],
  promotions: readonly Row[],
): Row[] {
  const channels = words.channels.map(([, , weight], index) => ({ item: int(index + 1), weight }))
  const running = campaignsByDay(days, promotions)
  const dates = days.map(dateOf)
  const sales = Array.from({ length: SALES }, () => {
    // Trade grows a little over the years: of two days drawn the later one wins now and then.
    const drawn = [random.integer(0, days.length - 1), random.integer(0, days.length - 1)] as const
    return random.next() < 0.2 ? Math.max(...drawn) : drawn[0]
  }).sort((left, right) => left - right)
  return sales.map((dayIndex): Row => {
    const [productId, , , , , , listPrice] = random.pick(products)
    const campaigns = running[dayIndex] ?? []
    const promoted = campaigns.length > 0 && random.next() < PROMOTED_SHARE
    const quantity = random.pickWeighted(QUANTITIES)
    const discount = promoted ? 0.9 : 1
    const amount = (listPrice as OracleNumber).toNumber() * quantity * discount
    return [
      productId as OracleNumber,
      int(random.integer(1, CUSTOMERS)),
      dates[dayIndex] as OracleDateTime,
      random.pickWeighted(channels),
      promoted ? random.pick(campaigns) : int(NO_PROMOTION_ID),
      int(quantity),
      money(amount * 100),
    ]
  })
}

/** For each day the keys of the promotions that run on it. */
function campaignsByDay(days: readonly Date[], promotions: readonly Row[]): OracleNumber[][] {
  const byDay = days.map((): OracleNumber[] => [])
  const start = Date.UTC(FIRST_YEAR, 0, 1)
  const indexOf = (date: OracleValue) => ((date as OracleDateTime).toUtcMilliseconds() - start) / DAY_MILLISECONDS
  for (const [id, , , , , begin, end] of promotions.slice(0, -1)) {
    const last = indexOf(end ?? null)
    for (let day = indexOf(begin ?? null); day <= last; day += 1) byDay[day]?.push(id as OracleNumber)
  }
  return byDay
}

function costRows(random: SeededRandom, days: readonly Date[], products: readonly Row[]): Row[] {
  const firsts = days.filter((day) => day.getUTCDate() === 1)
  return products.flatMap(([productId, , , , , , listPrice]) => {
    const cents = (listPrice as OracleNumber).toNumber() * 100
    return firsts.map((day): Row => {
      const price = Math.round(cents * (0.95 + random.next() * 0.1))
      const cost = Math.round(cents * (0.6 + random.next() * 0.12))
      const channel = int(random.integer(1, words.channels.length))
      return [productId as OracleNumber, dateOf(day), int(NO_PROMOTION_ID), channel, money(cost), money(price)]
    })
  })
}
