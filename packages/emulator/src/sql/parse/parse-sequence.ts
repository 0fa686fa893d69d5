import { OracleNumber } from '../../values/oracle-number.ts'
import type { SequenceOptions } from '../catalog/sequence.ts'
import type { TokenReader } from './token-reader.ts'

type Options = { -readonly [Key in keyof SequenceOptions]: SequenceOptions[Key] }

/** Reads the options of a sequence or of an identity column, in any order. */
export function parseSequenceOptions(reader: TokenReader): SequenceOptions {
  const options: Options = {}
  while (parseOption(reader, options));
  return options
}

function parseOption(reader: TokenReader, options: Options): boolean {
  if (reader.takeWords('INCREMENT')) {
    reader.expectWord('BY', 905, 'missing keyword')
    options.increment = parseNumber(reader)
  } else if (reader.takeWords('START')) {
    reader.expectWord('WITH', 905, 'missing keyword')
    if (!reader.takeWords('LIMIT', 'VALUE')) options.start = parseNumber(reader)
  } else if (reader.takeWords('MINVALUE')) options.minimum = parseNumber(reader)
  else if (reader.takeWords('NOMINVALUE')) options.minimum = null
  else if (reader.takeWords('MAXVALUE')) options.maximum = parseNumber(reader)
  else if (reader.takeWords('NOMAXVALUE')) options.maximum = null
  else if (reader.takeWords('CYCLE')) options.cycle = true
  else if (reader.takeWords('NOCYCLE')) options.cycle = false
  else if (reader.takeWords('CACHE')) options.cache = reader.integer()
  else if (reader.takeWords('NOCACHE')) options.cache = 0
  else if (reader.takeWords('ORDER')) options.order = true
  else if (reader.takeWords('NOORDER')) options.order = false
  else if (reader.takeWords('RESTART')) options.restart = true
  else return KEPT.some((word) => reader.takeWords(word))
  return true
}

/** Options that change nothing that a client of one server could see. */
const KEPT = ['KEEP', 'NOKEEP', 'SCALE', 'NOSCALE', 'SHARD', 'NOSHARD', 'GLOBAL', 'SESSION']

function parseNumber(reader: TokenReader): OracleNumber {
  const negative = reader.takeSymbol('-')
  const value = new OracleNumber(reader.integer())
  return negative ? value.negated() : value
}
