import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { salesHistory } from '../src/demo/sales-history.ts'
import { type Desk, openDesk, type Plain, records } from './offline-fixture.ts'

const schema = salesHistory()

interface Entity {
  readonly id: Plain
  readonly name: string
}

const countries = records(schema, 'COUNTRIES')
const customers = records(schema, 'CUSTOMERS').map((row) => {
  const home = countries.find((country) => country.COUNTRY_ID === row.COUNTRY_ID) as Record<string, Plain>
  return {
    id: row.CUST_ID as number,
    first: row.CUST_FIRST_NAME as string,
    last: row.CUST_LAST_NAME as string,
    gender: row.CUST_GENDER as string,
    born: row.CUST_YEAR_OF_BIRTH as number,
    city: row.CUST_CITY as string,
    state: row.CUST_STATE_PROVINCE as string,
    limit: row.CUST_CREDIT_LIMIT as number,
    status: row.CUST_MARITAL_STATUS as string | null,
    income: row.CUST_INCOME_LEVEL as string | null,
    email: row.CUST_EMAIL as string,
    country: home.COUNTRY_NAME as string,
    region: home.COUNTRY_REGION as string,
  }
})
const products = records(schema, 'PRODUCTS').map((row) => ({
  id: row.PROD_ID as number,
  name: row.PROD_NAME as string,
  category: row.PROD_CATEGORY as string,
  subcategory: row.PROD_SUBCATEGORY as string,
  status: row.PROD_STATUS as string,
  price: row.PROD_LIST_PRICE as number,
}))
const promotions = records(schema, 'PROMOTIONS').map((row) => ({
  id: row.PROMO_ID as number,
  name: row.PROMO_NAME as string,
  category: row.PROMO_CATEGORY as string,
  cost: row.PROMO_COST as number,
  begin: row.PROMO_BEGIN_DATE as string,
  end: row.PROMO_END_DATE as string,
}))
const channels = records(schema, 'CHANNELS').map((row) => ({
  id: row.CHANNEL_ID as number,
  name: row.CHANNEL_DESC as string,
}))
const sales = records(schema, 'SALES').map((row) => ({
  product: byId(products, row.PROD_ID),
  customer: byId(customers, row.CUST_ID),
  channel: byId(channels, row.CHANNEL_ID),
  promotion: byId(promotions, row.PROMO_ID),
  day: row.TIME_ID as string,
  year: Number(String(row.TIME_ID).slice(0, 4)),
  month: String(row.TIME_ID).slice(0, 7),
  quantity: row.QUANTITY_SOLD as number,
  amount: row.AMOUNT_SOLD as number,
}))
const costs = records(schema, 'COSTS').map((row) => ({
  product: byId(products, row.PROD_ID),
  cost: row.UNIT_COST as number,
}))

function byId<Row extends { id: Plain }>(rows: readonly Row[], id: Plain | undefined): Row {
  const row = rows.find((candidate) => candidate.id === id)
  if (row === undefined) throw new Error(`no row ${id}`)
  return row
}

function rounded(value: number): number {
  return Number(value.toFixed(6))
}

function sum(values: readonly number[]): number {
  return rounded(values.reduce((total, value) => total + Math.round(value * 100), 0) / 100)
}

function average(values: readonly number[]): number {
  return rounded(values.reduce((total, value) => total + Math.round(value * 100), 0) / 100 / values.length)
}

const revenue = (rows: readonly { amount: number }[]): number => sum(rows.map(({ amount }) => amount))

/** One row for each group, with the group's key and a value. */
function grouped<Row>(
  rows: readonly Row[],
  key: (row: Row) => Plain | readonly Plain[],
  value: (rows: readonly Row[]) => Plain,
): Plain[][] {
  const groups = new Map<string, { keys: readonly Plain[]; rows: Row[] }>()
  for (const row of rows) {
    const keys = [key(row)].flat() as Plain[]
    const id = JSON.stringify(keys)
    if (!groups.has(id)) groups.set(id, { keys, rows: [] })
    groups.get(id)?.rows.push(row)
  }
  return [...groups.values()].map((group) => [...group.keys, value(group.rows)])
}

/** The first rows by their last value, largest first; ties by the other values. */
function largest(rows: readonly (readonly Plain[])[], count: number, direction: 1 | -1 = -1): (readonly Plain[])[] {
  const last = (row: readonly Plain[]): number => row.at(-1) as number
  const text = (row: readonly Plain[]): string => JSON.stringify(row.slice(0, -1))
  const sorted = [...rows].sort(
    (one, other) => direction * (last(one) - last(other)) || (text(one) < text(other) ? -1 : 1),
  )
  return sorted.slice(0, count)
}

function orderedBy<Row extends { id: Plain }>(
  rows: readonly Row[],
  value: (row: Row) => number,
  direction: 1 | -1,
): Row[] {
  return [...rows].sort((one, other) => direction * (value(one) - value(other)) || Number(one.id) - Number(other.id))
}

const buyers = (rows: readonly { customer: Entity | { id: Plain } }[]): number =>
  new Set(rows.map(({ customer }) => customer.id)).size
const name = ({ name }: { name: string }): Plain[] => [name]
const person = ({ first, last }: { first: string; last: string }): Plain[] => [first, last]
const germans = customers.filter(({ country }) => country === 'Germany')

interface Example {
  readonly question: string
  readonly rows: readonly (readonly Plain[])[]
  /** Whether the order of the rows is part of the answer. */
  readonly ordered?: boolean
}

const examples: readonly Example[] = [
  { question: 'How many promotions?', rows: [[503]] },
  { question: 'How many customers are there?', rows: [[600]] },
  {
    question: 'How many products do we have in the Photo category?',
    rows: [[products.filter(({ category }) => category === 'Photo').length]],
  },
  { question: 'How many customers live in Germany?', rows: [[germans.length]] },
  {
    question: 'How many female customers are there in France?',
    rows: [[customers.filter(({ country, gender }) => country === 'France' && gender === 'F').length]],
  },
  { question: 'List all channels.', rows: channels.map(name), ordered: true },
  {
    question: 'What are the product categories?',
    rows: [...new Set(products.map(({ category }) => category))].sort().map((category) => [category]),
    ordered: true,
  },
  {
    question: 'How many different cities do our customers live in?',
    rows: [[new Set(customers.map(({ city }) => city)).size]],
  },
  {
    question: 'Which products have a list price above 1000?',
    rows: products.filter(({ price }) => price > 1000).map((product) => [product.name, product.price]),
  },
  { question: 'What is the average list price of products?', rows: [[average(products.map(({ price }) => price))]] },
  {
    question: 'What is the average list price per category?',
    rows: grouped(
      products,
      ({ category }) => category,
      (rows) => average(rows.map(({ price }) => price)),
    ),
  },
  { question: 'Total sales by year', rows: grouped(sales, ({ year }) => year, revenue), ordered: true },
  { question: 'Total amount sold in 2023', rows: [[revenue(sales.filter(({ year }) => year === 2023))]] },
  {
    question: 'What were the total sales in 2024 by channel?',
    rows: largest(
      grouped(
        sales.filter(({ year }) => year === 2024),
        ({ channel }) => channel.name,
        revenue,
      ),
      9,
    ),
    ordered: true,
  },
  {
    question: 'top 5 products by revenue',
    rows: largest(
      grouped(sales, ({ product }) => product.name, revenue),
      5,
    ),
    ordered: true,
  },
  {
    question: 'Which customer spent the most?',
    rows: largest(
      grouped(sales, ({ customer }) => [customer.first, customer.last, customer.id], revenue),
      1,
    ).map(([first, last, , total]) => [first as Plain, last as Plain, total as Plain]),
  },
  {
    question: 'Which country has the most customers?',
    rows: largest(
      grouped(
        customers,
        ({ country }) => country,
        (rows) => rows.length,
      ),
      1,
    ),
  },
  {
    question: 'Who are the 10 customers with the highest credit limit?',
    rows: orderedBy(customers, ({ limit }) => limit, -1)
      .slice(0, 10)
      .map((customer) => [...person(customer), customer.limit]),
    ordered: true,
  },
  { question: 'What is the highest promotion cost?', rows: [[Math.max(...promotions.map(({ cost }) => cost))]] },
  {
    question: 'How many sales were made in March 2023?',
    rows: [[sales.filter(({ month }) => month === '2023-03').length]],
  },
  {
    question: 'How many customers were born before 1960?',
    rows: [[customers.filter(({ born }) => born < 1960).length]],
  },
  {
    question: 'How many promotions cost between 1000 and 5000?',
    rows: [[promotions.filter(({ cost }) => cost >= 1000 && cost <= 5000).length]],
  },
  {
    question: 'Number of customers by gender',
    rows: grouped(
      customers,
      ({ gender }) => gender,
      (rows) => rows.length,
    ),
  },
  {
    question: 'Sales amount by product category and year',
    rows: grouped(sales, ({ product, year }) => [product.category, year], revenue).sort((one, other) =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
    ),
    ordered: true,
  },
  {
    question: 'How many customers bought products in the Software category?',
    rows: [[buyers(sales.filter(({ product }) => product.category === 'Software'))]],
  },
  {
    question: 'Which products have never been sold through the Catalog channel?',
    rows: products
      .filter(({ id }) => !sales.some(({ product, channel }) => product.id === id && channel.name === 'Catalog'))
      .map(name),
  },
  {
    question: 'Average quantity sold by channel',
    rows: grouped(
      sales,
      ({ channel }) => channel.name,
      (rows) => average(rows.map(({ quantity }) => quantity)),
    ),
  },
  {
    question: 'Which countries have more than 30 customers?',
    rows: grouped(
      customers,
      ({ country }) => country,
      (rows) => rows.length,
    )
      .filter(([, count]) => Number(count) > 30)
      .map(([country]) => [country as Plain]),
  },
  {
    question: 'Which countries have fewer than 10 customers?',
    rows: countries
      .map(({ COUNTRY_NAME }) => COUNTRY_NAME as string)
      .filter((country) => customers.filter((customer) => customer.country === country).length < 10)
      .map((country) => [country]),
  },
  {
    question: 'Cheapest 3 products',
    rows: orderedBy(products, ({ price }) => price, 1)
      .slice(0, 3)
      .map((product) => [product.name, product.price]),
    ordered: true,
  },
  {
    question: 'List promotions that began in January 2024',
    rows: promotions
      .filter(({ begin }) => begin.startsWith('2024-01'))
      .map((promotion) => [promotion.name, promotion.begin]),
  },
  {
    question: 'How much revenue did we make with customers from Japan in 2022?',
    rows: [[revenue(sales.filter(({ customer, year }) => customer.country === 'Japan' && year === 2022))]],
  },
  {
    question: 'What is the minimum and maximum list price?',
    rows: [[Math.min(...products.map(({ price }) => price)), Math.max(...products.map(({ price }) => price))]],
  },
  {
    question: 'monthly sales in 2023',
    rows: grouped(
      sales.filter(({ year }) => year === 2023),
      ({ month }) => month,
      revenue,
    ),
    ordered: true,
  },
  {
    question: 'What is the total quantity of "Heron 50mm Lens" sold through the Internet channel?',
    rows: [
      [
        sum(
          sales
            .filter(({ product, channel }) => product.name === 'Heron 50mm Lens' && channel.name === 'Internet')
            .map(({ quantity }) => quantity),
        ),
      ],
    ],
  },
  {
    question: 'How many customers have a credit limit of at least 10000?',
    rows: [[customers.filter(({ limit }) => limit >= 10_000).length]],
  },
]

/** Questions in other words. */
const furtherExamples: readonly Example[] = [
  {
    question: 'Which region has the highest revenue?',
    rows: largest(
      grouped(sales, ({ customer }) => customer.region, revenue),
      1,
    ),
  },
  {
    question: 'Which products cost more than 1000 dollars?',
    rows: products.filter(({ price }) => price > 1000).map((product) => [product.name, product.price]),
  },
  {
    question: 'What were the sales in the second quarter of 2023?',
    rows: [[revenue(sales.filter(({ month }) => ['2023-04', '2023-05', '2023-06'].includes(month)))]],
  },
  {
    question: 'How many units of "Gannet 13 Laptop" were sold in 2022?',
    rows: [
      [
        sum(
          sales
            .filter(({ product, year }) => product.name === 'Gannet 13 Laptop' && year === 2022)
            .map(({ quantity }) => quantity),
        ),
      ],
    ],
  },
  {
    question: 'Which customers spent more than 8500?',
    rows: customers.filter(({ id }) => revenue(sales.filter(({ customer }) => customer.id === id)) > 8500).map(person),
  },
  {
    question: 'How many sales were there on Mondays?',
    rows: [[sales.filter(({ day }) => new Date(day).getUTCDay() === 1).length]],
  },
  {
    question: 'customers not from Germany',
    rows: customers.filter(({ country }) => country !== 'Germany').map(person),
  },
  {
    question: 'revenue in 2022 and 2023 by channel',
    rows: grouped(
      sales.filter(({ year }) => year <= 2023),
      ({ channel }) => channel.name,
      revenue,
    ),
  },
  {
    question: 'List customers with no marital status',
    rows: customers.filter(({ status }) => status === null).map((customer) => [...person(customer), null]),
  },
  {
    question: 'how many male customers with credit limit over 9000 live in Italy or Spain',
    rows: [
      [
        customers.filter(
          ({ gender, limit, country }) => gender === 'M' && limit > 9000 && ['Italy', 'Spain'].includes(country),
        ).length,
      ],
    ],
  },
  { question: 'What is the email of customer 17?', rows: [[byId(customers, 17).email]] },
  {
    question: "How many customers have an income level of 'A: Below 30,000'?",
    rows: [[customers.filter(({ income }) => income === 'A: Below 30,000').length]],
  },
  {
    question: 'What is the average unit cost of products in the Games subcategory?',
    rows: [[average(costs.filter(({ product }) => product.subcategory === 'Games').map(({ cost }) => cost))]],
  },
  {
    question: 'Which month had the highest sales in 2023?',
    rows: largest(
      grouped(
        sales.filter(({ year }) => year === 2023),
        ({ month }) => month,
        revenue,
      ),
      1,
    ),
  },
  {
    question: 'customers by channel',
    rows: grouped(sales, ({ channel }) => channel.name, buyers),
  },
  {
    question: 'Which channel sold the most units?',
    rows: largest(
      grouped(
        sales,
        ({ channel }) => channel.name,
        (rows) => sum(rows.map(({ quantity }) => quantity)),
      ),
      1,
    ),
  },
  {
    question: 'What was the revenue on 2023-05-01?',
    rows: [[revenue(sales.filter(({ day }) => day === '2023-05-01')) || null]],
  },
  {
    question: 'Which customers bought more than 16 products?',
    rows: customers
      .filter(
        ({ id }) =>
          new Set(sales.filter(({ customer }) => customer.id === id).map(({ product }) => product.id)).size > 16,
      )
      .map(person),
  },
  {
    question: 'Total sales from 2022 to 2023 by region, please',
    rows: grouped(
      sales.filter(({ year }) => year <= 2023),
      ({ customer }) => customer.region,
      revenue,
    ),
  },
  {
    question: 'What is the most expensive product in the Hardware category?',
    rows: orderedBy(
      products.filter(({ category }) => category === 'Hardware'),
      ({ price }) => price,
      -1,
    )
      .slice(0, 1)
      .map((product) => [product.name, product.price]),
  },
]

describe('the offline model over the sales history', () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk(schema)
  })

  afterAll(() => desk.close())

  test.each([...examples, ...furtherExamples])('answers: $question', async ({ question, rows, ordered }) => {
    const answer = await desk.ask(question)
    const comparable = (list: readonly (readonly Plain[])[]) =>
      ordered ? [...list] : list.map((row) => JSON.stringify(row)).sort()
    expect(comparable(answer.rows)).toEqual(comparable(rows))
  })

  test('has no example whose answer is empty by accident', () => {
    expect(
      [...examples, ...furtherExamples].filter(({ rows }) => rows.length === 0).map(({ question }) => question),
    ).toEqual([])
  })

  test.each([
    ['How many promotions?', ['PROMOTION_COUNT']],
    ['Total sales by year', ['CALENDAR_YEAR', 'TOTAL_AMOUNT_SOLD']],
    ['How many promotions started per year?', ['YEAR', 'PROMOTION_COUNT']],
  ])('names the columns of %j', async (question, columns) => {
    expect((await desk.ask(question)).columns).toEqual(columns)
  })

  test('writes the same SQL for the same question', async () => {
    const question = 'total revenue by country and channel in 2023 for female customers'
    expect(await desk.generate(question)).toEqual(await desk.generate(question))
  })

  test('compares text without regard to case when the profile says so', async () => {
    const answer = await desk.generate('How many customers live in Lyon?', { case_sensitive_values: false })
    expect(answer).toEqual({ sql: expect.stringMatching(/UPPER\(\w+\."CUST_CITY"\) = UPPER\('Lyon'\)/) })
  })

  test.each([
    'What is the weather in Lyon tomorrow?',
    'Tell me a joke',
    'How many unicorns do we have?',
    'SELECT * FROM sales; DROP TABLE sales',
    'How many customers live in Atlantis?',
    'What is the average number of sales per customer?',
    'customers between 5 and',
    'customers who bought Photo products and never bought Software products',
    'top',
    '?',
    'x'.repeat(5000),
  ])('admits that it cannot read %j', async (question) => {
    const answer = await desk.generate(question)
    expect(answer).toEqual({
      refusal: expect.stringMatching(/could not turn this question into SQL: .+offline model/s),
    })
  })
})
