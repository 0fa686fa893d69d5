import { BOOLEAN, CLOB, JSON_TYPE, varchar2 } from '../../values/oracle-type.ts'
import type { SqlValue } from '../values/sql-value.ts'
import type { JsonReadOptions } from './json-options.ts'
import { documentOf, readJson, writeFragment } from './read-json.ts'
import { always } from './result-type.ts'
import type { ScalarFunction } from './scalar-function.ts'

function reader(name: JsonReadOptions['name'], type: string) {
  return ([document, path]: readonly SqlValue[]): SqlValue => {
    const onError = name === 'JSON_EXISTS' ? 'FALSE' : 'NULL'
    const options: JsonReadOptions = { name, path: String(path), type, wrapper: 'WITHOUT', pretty: false, onError }
    return readJson(() => documentOf(document ?? null), options, null, null)
  }
}

function compact([document]: readonly SqlValue[]): SqlValue {
  return writeFragment(documentOf(document ?? null), { type: 'CLOB', pretty: false })
}

/** The plain forms, which PL/SQL calls. Inside statements these functions have clauses, and a translation of their own. */
export const jsonFunctions: readonly ScalarFunction[] = [
  {
    name: 'JSON_VALUE',
    parameters: ['text', 'text'],
    returns: always(varchar2(4000)),
    run: reader('JSON_VALUE', 'VARCHAR2:4000'),
  },
  {
    name: 'JSON_QUERY',
    parameters: ['text', 'text'],
    returns: always(varchar2(4000)),
    run: reader('JSON_QUERY', 'VARCHAR2:4000'),
  },
  {
    name: 'JSON_EXISTS',
    parameters: ['text', 'text'],
    returns: always(BOOLEAN),
    run: reader('JSON_EXISTS', 'BOOLEAN'),
  },
  { name: 'JSON_SERIALIZE', parameters: ['text'], returns: always(CLOB), run: compact },
  { name: 'JSON', parameters: ['text'], returns: always(JSON_TYPE), run: compact },
]
