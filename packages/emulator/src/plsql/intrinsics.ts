import { varchar2 } from '../values/oracle-type.ts'
import { type CompileContext, type Compiled, wrongArguments } from './compile-context.ts'
import { toNumber } from './convert.ts'
import { chain, type Eventual } from './eventual.ts'
import type { Frame } from './execution.ts'
import type { CompiledArgument } from './match-arguments.ts'
import { compare } from './operators.ts'
import { messageText } from './plsql-exception.ts'
import { CLOB_TYPE, MAXIMUM_LENGTH, NUMBER_TYPE, type PlsqlType, scalar, TEXT_TYPE } from './plsql-type.ts'
import { NULL_VALUE, numberValue, type PlsqlValue, scalarOf } from './plsql-value.ts'
import type { Scope } from './scope.ts'

/** A function that needs the interpreter itself, or takes arguments of any type. */
interface Intrinsic {
  compile(context: CompileContext, scope: Scope, at: number, given: readonly CompiledArgument[]): Compiled
}

type Apply = (values: readonly Compiled[], frame: Frame) => Eventual<PlsqlValue>

function intrinsic(
  name: string,
  minimum: number,
  maximum: number,
  typeOf: (given: readonly Compiled[]) => PlsqlType | undefined,
  apply: Apply,
): readonly [string, Intrinsic] {
  return [
    name,
    {
      compile: (context, _scope, at, given) => {
        const named = given.some(({ argument }) => argument.name !== undefined)
        if (named || given.length < minimum || given.length > maximum) throw wrongArguments(context, at, name)
        for (const { argument } of given) {
          if (argument.value.kind === 'bind')
            context.bindUse.set(argument.value.name, readUse(context, argument.value.name))
        }
        const values = given.map((item) => item.compiled)
        return { type: typeOf(values), evaluate: (frame) => apply(values, frame) }
      },
    },
  ]
}

function readUse(context: CompileContext, name: string) {
  return { read: true, written: context.bindUse.get(name)?.written ?? false }
}

const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map([
  intrinsic(
    'SQLCODE',
    0,
    0,
    () => NUMBER_TYPE,
    (_values, frame) => {
      return numberValue(frame.execution.handled.at(-1)?.code ?? 0)
    },
  ),
  intrinsic(
    'SQLERRM',
    0,
    1,
    () => TEXT_TYPE,
    ([code], frame) => {
      if (code === undefined) {
        return text(frame.execution.handled.at(-1)?.sqlErrorMessage ?? 'ORA-0000: normal, successful completion')
      }
      return chain(code.evaluate(frame), (value) => {
        const number = toNumber(scalarOf(value))?.toNumber()
        return number === undefined ? NULL_VALUE : text(messageOfCode(number))
      })
    },
  ),
  intrinsic('NVL', 2, 2, commonType, ([value, substitute], frame) =>
    firstNotNull([value as Compiled, substitute as Compiled], frame, 0),
  ),
  intrinsic('COALESCE', 1, 255, commonType, (values, frame) => firstNotNull(values, frame, 0)),
  intrinsic(
    'NULLIF',
    2,
    2,
    () => undefined,
    ([left, right], frame) =>
      chain((left as Compiled).evaluate(frame), (first) =>
        chain((right as Compiled).evaluate(frame), (second) => {
          return compare(first, second, frame.execution.session.sql) === 0 ? NULL_VALUE : first
        }),
      ),
  ),
  intrinsic(
    'EMPTY_CLOB',
    0,
    0,
    () => CLOB_TYPE,
    () => ({ type: CLOB_TYPE.oracle, value: '' }),
  ),
  intrinsic(
    'EMPTY_BLOB',
    0,
    0,
    () => scalar({ name: 'BLOB' }),
    () => ({
      type: { name: 'BLOB' },
      value: new Uint8Array(0),
    }),
  ),
])

/** A function of the language that is not a plain SQL function. */
export function findIntrinsic(name: string): Intrinsic | undefined {
  return INTRINSICS.get(name)
}

function text(value: string): PlsqlValue {
  return { type: varchar2(MAXIMUM_LENGTH), value }
}

function firstNotNull(values: readonly Compiled[], frame: Frame, index: number): Eventual<PlsqlValue> {
  const next = values[index]
  if (next === undefined) return NULL_VALUE
  return chain(next.evaluate(frame), (value) => {
    const isNull = 'value' in value && value.value === null
    return isNull ? firstNotNull(values, frame, index + 1) : value
  })
}

function commonType(values: readonly Compiled[]): PlsqlType | undefined {
  const booleans = values.every((value) => value.type?.kind === 'scalar' && value.type.oracle.name === 'BOOLEAN')
  return booleans ? values[0]?.type : undefined
}

function messageOfCode(code: number): string {
  if (code === 0) return 'ORA-0000: normal, successful completion'
  if (code === 1) return 'User-Defined Exception'
  if (code === 100) return 'ORA-01403: no data found'
  if (code > 0) return `-${code}: non-ORACLE exception `
  const number = String(-code).padStart(5, '0')
  const known = messageText(-code)
  return known === ''
    ? `ORA-${number}: Message ${-code} not found;  product=RDBMS; facility=ORA`
    : `ORA-${number}: ${known}`
}
