import type { CallContext, Subprogram } from '../../execution/subprogram.ts'
import { OracleError } from '../../oracle-error.ts'
import { NUMBER, type OracleType } from '../../values/oracle-type.ts'
import { valueError } from '../plsql-exception.ts'
import { input, inputOutput, numeric } from './parameters.ts'

const STATE = 'DBMS_LOB'

/** OPEN, CLOSE and ISOPEN of DBMS_LOB: which variables hold a LOB that was opened. */
export function lobOpening(lob: OracleType): Subprogram[] {
  return [
    {
      name: 'DBMS_LOB.OPEN',
      parameters: [inputOutput('LOB_LOC', lob), input('OPEN_MODE', NUMBER)],
      run: ({ LOB_LOC = null }, context) => {
        if (LOB_LOC === null) throw valueError('invalid LOB locator specified: ORA-22275')
        const place = context.placeOf?.('LOB_LOC')
        if (isOpen(context)) throw new OracleError(22293, 'LOB already opened in the same transaction')
        if (place !== undefined) openPlaces(context).add(place)
        return { out: { LOB_LOC } }
      },
    },
    {
      name: 'DBMS_LOB.CLOSE',
      parameters: [inputOutput('LOB_LOC', lob)],
      run: ({ LOB_LOC = null }, context) => {
        const place = context.placeOf?.('LOB_LOC')
        if (place !== undefined && !openPlaces(context).delete(place)) {
          throw new OracleError(22289, 'cannot perform CLOSE operation on an unopened file or LOB')
        }
        return { out: { LOB_LOC } }
      },
    },
    {
      name: 'DBMS_LOB.ISOPEN',
      parameters: [input('LOB_LOC', lob)],
      returns: NUMBER,
      run: (_values, context) => ({ value: numeric(isOpen(context) ? 1 : 0) }),
    },
  ]
}

function isOpen(context: CallContext): boolean {
  const place = context.placeOf?.('LOB_LOC')
  return place !== undefined && openPlaces(context).has(place)
}

function openPlaces({ packageState }: CallContext): WeakSet<object> {
  const known = packageState.get(STATE) as WeakSet<object> | undefined
  if (known !== undefined) return known
  const places = new WeakSet<object>()
  packageState.set(STATE, places)
  return places
}
