import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DemoSchema } from '../src/demo/demo-schema.ts'
import { OracleDateTime } from '../src/values/oracle-date-time.ts'
import { OracleNumber } from '../src/values/oracle-number.ts'
import type { OracleValue } from '../src/values/oracle-value.ts'
import { type Desk, openDesk, type Plain } from './offline-fixture.ts'

/** Staff and projects: no comments, no calendar table, a link table with two keys, a table that refers to itself. */
const staff: DemoSchema = {
  owner: 'STAFF',
  statements: [
    'CREATE TABLE DEPARTMENTS (DEPARTMENT_ID NUMBER(4), DEPARTMENT_NAME VARCHAR2(30), LOCATION VARCHAR2(30), CONSTRAINT DEPARTMENTS_PK PRIMARY KEY (DEPARTMENT_ID))',
    'CREATE TABLE EMPLOYEES (EMPLOYEE_ID NUMBER(6), FIRST_NAME VARCHAR2(20), LAST_NAME VARCHAR2(25), JOB_TITLE VARCHAR2(30), SALARY NUMBER(8,2), HIRE_DATE DATE, DEPARTMENT_ID NUMBER(4), MANAGER_ID NUMBER(6), CONSTRAINT EMPLOYEES_PK PRIMARY KEY (EMPLOYEE_ID), CONSTRAINT EMPLOYEES_DEPT_FK FOREIGN KEY (DEPARTMENT_ID) REFERENCES DEPARTMENTS (DEPARTMENT_ID), CONSTRAINT EMPLOYEES_MANAGER_FK FOREIGN KEY (MANAGER_ID) REFERENCES EMPLOYEES (EMPLOYEE_ID))',
    'CREATE TABLE PROJECTS (PROJECT_ID NUMBER(6), TITLE VARCHAR2(40), BUDGET NUMBER(10,2), CONSTRAINT PROJECTS_PK PRIMARY KEY (PROJECT_ID))',
    'CREATE TABLE ASSIGNMENTS (EMPLOYEE_ID NUMBER(6), PROJECT_ID NUMBER(6), HOURS NUMBER(5,1), CONSTRAINT ASSIGNMENTS_PK PRIMARY KEY (EMPLOYEE_ID, PROJECT_ID), CONSTRAINT ASSIGNMENTS_EMP_FK FOREIGN KEY (EMPLOYEE_ID) REFERENCES EMPLOYEES (EMPLOYEE_ID), CONSTRAINT ASSIGNMENTS_PROJECT_FK FOREIGN KEY (PROJECT_ID) REFERENCES PROJECTS (PROJECT_ID))',
  ],
  rows: new Map<string, OracleValue[][]>([
    ['DEPARTMENTS', [row(10, 'Finance', 'Madrid'), row(20, 'Research', 'Berlin'), row(30, 'Legal', 'Berlin')]],
    [
      'EMPLOYEES',
      [
        row(1, 'Ann', 'Lee', 'Analyst', 5200, date(2019, 3, 1), 10, null),
        row(2, 'Bo', 'Ray', 'Engineer', 6100.5, date(2020, 5, 4), 20, 1),
        row(3, 'Cy', "O'Neil", 'Engineer', 7000, date(2020, 12, 31), 20, 2),
        row(4, 'Di', 'Moss', 'Analyst', 4800, date(2021, 1, 1), 10, 1),
      ],
    ],
    ['PROJECTS', [row(1, 'Apollo', 90000), row(2, 'Hermes', 150000), row(3, 'Vesta', 40000)]],
    ['ASSIGNMENTS', [row(2, 1, 10.5), row(3, 1, 20), row(3, 2, 5)]],
  ]),
}

function row(...values: (number | string | OracleDateTime | null)[]): OracleValue[] {
  return values.map((value) => (typeof value === 'number' ? new OracleNumber(value) : value))
}

function date(year: number, month: number, day: number): OracleDateTime {
  return new OracleDateTime(year, month, day)
}

const examples: readonly (readonly [question: string, rows: readonly (readonly Plain[])[]])[] = [
  ['How many employees are there?', [[4]]],
  ['How many employees work in Research?', [[2]]],
  ['How many engineers are there in Berlin?', [[2]]],
  [
    'average salary by department',
    [
      ['Research', 6550.25],
      ['Finance', 5000],
    ],
  ],
  ['Who has the highest salary?', [['Cy', "O'Neil", 7000]]],
  ['Which department has the most employees?', [['Finance', 2]]],
  ['Which departments have no employees?', [['Legal']]],
  [
    'employees hired in 2020',
    [
      ['Bo', 'Ray', '2020-05-04'],
      ['Cy', "O'Neil", '2020-12-31'],
    ],
  ],
  ['employees hired after 2020', [['Di', 'Moss', '2021-01-01']]],
  [
    'How many employees were hired per year?',
    [
      [2019, 1],
      [2020, 2],
      [2021, 1],
    ],
  ],
  [
    'total hours per project',
    [
      ['Apollo', 30.5],
      ['Hermes', 5],
    ],
  ],
  ['Which projects have no assignments?', [['Vesta']]],
  ['List the titles of projects with a budget over 50000', [['Apollo'], ['Hermes']]],
  [
    'Which employees work on Apollo?',
    [
      ['Bo', 'Ray'],
      ['Cy', "O'Neil"],
    ],
  ],
  [
    'top 2 employees by salary',
    [
      ['Cy', "O'Neil", 7000],
      ['Bo', 'Ray', 6100.5],
    ],
  ],
  ['What is the total salary of the Finance department?', [[10000]]],
  ['What is the salary of "O\'Neil"?', [['Cy', "O'Neil", 7000]]],
  [
    'number of employees by job title',
    [
      ['Analyst', 2],
      ['Engineer', 2],
    ],
  ],
  [
    'How many employees per location?',
    [
      ['Berlin', 2],
      ['Madrid', 2],
    ],
  ],
  [
    'Show employees and their department sorted by last name',
    [
      ['Ann', 'Lee', 'Finance'],
      ['Di', 'Moss', 'Finance'],
      ['Cy', "O'Neil", 'Research'],
      ['Bo', 'Ray', 'Research'],
    ],
  ],
]

describe('the offline model over tables that it has never seen', () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk(staff)
  })

  afterAll(() => desk.close())

  test.each(examples)('answers: %s', async (question, rows) => {
    expect((await desk.ask(question)).rows).toEqual(rows)
  })

  test('learns a value that came after its first look', async () => {
    await expect(desk.ask('How many employees work in Research?')).resolves.toMatchObject({ rows: [[2]] })
    expect(await desk.generate('How many employees work in Sales?')).toHaveProperty('refusal')
    desk.load({
      owner: 'STAFF',
      statements: [],
      rows: new Map([['DEPARTMENTS', [row(40, 'Sales', 'Oslo')]]]),
    })
    await expect(desk.ask('How many employees work in Sales?')).resolves.toMatchObject({ rows: [[0]] })
  })

  test('finds its way without declared keys', async () => {
    const tables = desk.description.tables.map((table) => ({ ...table, primaryKey: [], foreignKeys: [] }))
    const answer = await desk.generate('total salary by department', {}, { tables })
    if ('refusal' in answer) throw new Error(answer.refusal)
    expect((await desk.run(answer.sql)).rows).toEqual([
      ['Research', 13100.5],
      ['Finance', 10000],
    ])
  })

  test('says so when a profile has no tables', async () => {
    expect(await desk.generate('How many employees?', {}, { tables: [] })).toEqual({
      refusal: expect.stringContaining('has no tables'),
    })
  })
})
