import type { ViewRow } from '../../execution/dictionary-view.ts'
import { describeView } from '../../execution/dictionary-view.ts'
import { OracleNumber } from '../../values/oracle-number.ts'
import { NUMBER, varchar2 } from '../../values/oracle-type.ts'
import type { DictionaryRequest, DictionaryView } from './dictionary.ts'
import type { Sequence } from './sequence.ts'

const NAME = varchar2(128)
const FLAG = varchar2(1)
const OWN_TYPES = {
  SEQUENCE_NAME: NAME,
  MIN_VALUE: NUMBER,
  MAX_VALUE: NUMBER,
  INCREMENT_BY: NUMBER,
  CYCLE_FLAG: FLAG,
  ORDER_FLAG: FLAG,
  CACHE_SIZE: NUMBER,
  LAST_NUMBER: NUMBER,
}

function rowOf({ owner, name, settings, upcoming }: Sequence): ViewRow {
  return {
    SEQUENCE_OWNER: owner,
    SEQUENCE_NAME: name,
    MIN_VALUE: settings.minimum,
    MAX_VALUE: settings.maximum,
    INCREMENT_BY: settings.increment,
    CYCLE_FLAG: settings.cycle ? 'Y' : 'N',
    ORDER_FLAG: settings.order ? 'Y' : 'N',
    CACHE_SIZE: new OracleNumber(settings.cache),
    LAST_NUMBER: upcoming,
  }
}

function rows({ catalog, user }: DictionaryRequest): readonly ViewRow[] {
  return catalog
    .sequences()
    .filter((sequence) => catalog.mayUseSequence(user, sequence))
    .map(rowOf)
}

/** What the data dictionary tells of sequences. */
export const sequenceViews: readonly DictionaryView[] = [
  describeView('ALL_SEQUENCES', { SEQUENCE_OWNER: NAME, ...OWN_TYPES }, rows),
  describeView('USER_SEQUENCES', OWN_TYPES, (request) =>
    rows(request).filter((row) => row.SEQUENCE_OWNER === request.user),
  ),
]
