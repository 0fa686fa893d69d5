import type { ViewRow } from '../../execution/dictionary-view.ts'
import type { StoredUnit } from '../../execution/stored-unit.ts'
import type { Parameter } from '../../execution/subprogram.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, type OracleType, varchar2 } from '../../values/oracle-type.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'
import { viewPair } from './view-pair.ts'

const NAME = varchar2(128)
const FLAG = varchar2(3)

function units({ catalog, user }: DictionaryRequest): readonly StoredUnit[] {
  return catalog.units().filter((unit) => catalog.mayExecuteUnit(user, unit))
}

function number(value: number): OracleNumber {
  return new OracleNumber(value)
}

/** One row a line, each with its line break as the database keeps it. */
function sourceRows({ owner, name, kind, text }: StoredUnit): readonly ViewRow[] {
  const lines = text.split(/(?<=\n)/)
  return lines.map((line, index) => ({ OWNER: owner, NAME: name, TYPE: kind, LINE: number(index + 1), TEXT: line }))
}

function errorRows({ owner, name, kind, compilation }: StoredUnit): readonly ViewRow[] {
  return compilation.errors.map(({ line, position, text }, index) => ({
    OWNER: owner,
    NAME: name,
    TYPE: kind,
    SEQUENCE: number(index + 1),
    LINE: number(line),
    POSITION: number(position),
    TEXT: text,
    ATTRIBUTE: 'ERROR',
    MESSAGE_NUMBER: number(Number(/^(?:PLS|ORA)-(\d+)/.exec(text)?.[1] ?? 0)),
  }))
}

function yes(condition: boolean): string {
  return condition ? 'YES' : 'NO'
}

function procedureRow({ owner, name, id, kind, compilation }: StoredUnit): ViewRow {
  return {
    OWNER: owner,
    OBJECT_NAME: name,
    OBJECT_ID: number(id),
    SUBPROGRAM_ID: number(1),
    OBJECT_TYPE: kind,
    AGGREGATE: 'NO',
    PIPELINED: 'NO',
    PARALLEL: 'NO',
    INTERFACE: 'NO',
    DETERMINISTIC: yes(compilation.deterministic),
    AUTHID: compilation.invokerRights ? 'CURRENT_USER' : 'DEFINER',
  }
}

const MODES = { in: 'IN', out: 'OUT', inOut: 'IN/OUT' } as const

/** The result of a function comes first, at position 0 and without a name. */
function argumentRows(unit: StoredUnit): readonly ViewRow[] {
  const { returns, parameters } = unit.compilation
  const offset = returns === undefined ? 1 : 2
  const result = returns === undefined ? [] : [argumentRow(unit, { type: returns, mode: 'out' }, 0, 1)]
  return [...result, ...parameters.map((parameter, index) => argumentRow(unit, parameter, index + 1, index + offset))]
}

function argumentRow(
  { owner, name, id }: StoredUnit,
  argument: Pick<Parameter, 'type' | 'mode' | 'default'> & { readonly name?: string },
  position: number,
  sequence: number,
): ViewRow {
  return {
    OWNER: owner,
    OBJECT_NAME: name,
    OBJECT_ID: number(id),
    SUBPROGRAM_ID: number(1),
    ARGUMENT_NAME: argument.name ?? null,
    POSITION: number(position),
    SEQUENCE: number(sequence),
    DATA_LEVEL: number(0),
    DATA_TYPE: typeName(argument.type),
    DEFAULTED: argument.default === undefined ? 'N' : 'Y',
    IN_OUT: MODES[argument.mode],
    PLS_TYPE: typeName(argument.type),
  }
}

function typeName({ name }: OracleType): string {
  return name === 'CURSOR' ? 'REF CURSOR' : name
}

/** What the data dictionary tells of stored functions and procedures. */
export const unitViews: readonly DictionaryView[] = [
  ...viewPair('SOURCE', { OWNER: NAME, NAME, TYPE: varchar2(12), LINE: NUMBER, TEXT: varchar2(4000) }, (request) =>
    units(request).flatMap(sourceRows),
  ),
  ...viewPair(
    'ERRORS',
    {
      OWNER: NAME,
      NAME,
      TYPE: varchar2(12),
      SEQUENCE: NUMBER,
      LINE: NUMBER,
      POSITION: NUMBER,
      TEXT: varchar2(4000),
      ATTRIBUTE: varchar2(9),
      MESSAGE_NUMBER: NUMBER,
    },
    (request) => units(request).flatMap(errorRows),
  ),
  ...viewPair(
    'PROCEDURES',
    {
      OWNER: NAME,
      OBJECT_NAME: NAME,
      PROCEDURE_NAME: NAME,
      OBJECT_ID: NUMBER,
      SUBPROGRAM_ID: NUMBER,
      OVERLOAD: varchar2(40),
      OBJECT_TYPE: varchar2(13),
      AGGREGATE: FLAG,
      PIPELINED: FLAG,
      PARALLEL: FLAG,
      INTERFACE: FLAG,
      DETERMINISTIC: FLAG,
      AUTHID: varchar2(12),
    },
    (request) => units(request).map(procedureRow),
  ),
  ...viewPair(
    'ARGUMENTS',
    {
      OWNER: NAME,
      OBJECT_NAME: NAME,
      PACKAGE_NAME: NAME,
      OBJECT_ID: NUMBER,
      OVERLOAD: varchar2(40),
      SUBPROGRAM_ID: NUMBER,
      ARGUMENT_NAME: NAME,
      POSITION: NUMBER,
      SEQUENCE: NUMBER,
      DATA_LEVEL: NUMBER,
      DATA_TYPE: varchar2(30),
      DEFAULTED: varchar2(1),
      IN_OUT: varchar2(9),
      PLS_TYPE: varchar2(30),
    },
    (request) => units(request).flatMap(argumentRows),
  ),
]
