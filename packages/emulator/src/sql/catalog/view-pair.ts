import { describeView, type ViewRow } from '../../execution/dictionary-view.ts'
import type { OracleType } from '../../values/oracle-type.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'

/** A pair of views: ALL_ shows what the user may see, with its owner; USER_ what belongs to the user. */
export function viewPair(
  name: string,
  types: Readonly<Record<string, OracleType>>,
  rows: (request: DictionaryRequest) => readonly ViewRow[],
): readonly DictionaryView[] {
  const own = Object.fromEntries(Object.entries(types).filter(([column]) => column !== 'OWNER'))
  return [
    describeView(`ALL_${name}`, types, rows),
    describeView(`USER_${name}`, 'OWNER' in types && name.startsWith('CONS') ? types : own, (request) =>
      rows(request).filter((row) => row.OWNER === request.user),
    ),
  ]
}
