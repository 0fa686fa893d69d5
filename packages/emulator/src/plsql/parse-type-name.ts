import type { TypeName } from './syntax.ts'
import type { TokenStream } from './token-stream.ts'

/** `VARCHAR2(10 CHAR)`, `TIMESTAMP(3) WITH TIME ZONE`, `sh.promotions.promo_id%TYPE`. @throws OracleError PLS-00103 */
export function parseTypeName(stream: TokenStream): TypeName {
  const first = stream.expectIdentifier()
  const parts = [first.value]
  while (stream.takeSymbol('.')) parts.push(stream.expectIdentifier().value)
  if (parts.length === 1) appendSecondWord(stream, parts)
  const { sizes, lengthUnit } = parseSizes(stream)
  const timeZone = parseTimeZone(stream)
  const anchor = parseAnchor(stream)
  if (stream.takeWords('CHARACTER', 'SET')) stream.next()
  const type: TypeName = {
    at: first.start,
    parts,
    sizes,
    lengthUnit,
    ...(anchor === undefined ? {} : { anchor }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
  if (anchor !== undefined) stream.anchors.push(type)
  return type
}

/** Types of two words become one name: `DOUBLE PRECISION`, `LONG RAW`, `CHARACTER VARYING`, `NATIONAL CHARACTER`. */
function appendSecondWord(stream: TokenStream, parts: string[]): void {
  const seconds: Readonly<Record<string, string>> = {
    DOUBLE: 'PRECISION',
    LONG: 'RAW',
    CHARACTER: 'VARYING',
    CHAR: 'VARYING',
  }
  const second = seconds[parts[0] as string]
  if (second !== undefined && stream.takeWords(second)) parts[0] += ` ${second}`
}

function parseSizes(stream: TokenStream): { sizes: number[]; lengthUnit: 'BYTE' | 'CHAR' } {
  const sizes: number[] = []
  let lengthUnit: 'BYTE' | 'CHAR' = 'BYTE'
  if (!stream.takeSymbol('(')) return { sizes, lengthUnit }
  do {
    const sign = stream.takeSymbol('-') ? -1 : 1
    const token = stream.peek()
    if (token.kind !== 'number' && !(token.value === '*' && sizes.length === 0)) throw stream.unexpected('<an integer>')
    stream.next()
    sizes.push(token.value === '*' ? 38 : sign * Number(token.value))
    if (stream.takeWords('CHAR')) lengthUnit = 'CHAR'
    else stream.takeWords('BYTE')
  } while (stream.takeSymbol(','))
  stream.expectSymbol(')')
  return { sizes, lengthUnit }
}

function parseTimeZone(stream: TokenStream): TypeName['timeZone'] {
  if (stream.takeWords('WITH', 'TIME', 'ZONE')) return 'TIME ZONE'
  if (stream.takeWords('WITH', 'LOCAL', 'TIME', 'ZONE')) return 'LOCAL TIME ZONE'
  return undefined
}

function parseAnchor(stream: TokenStream): TypeName['anchor'] {
  if (!stream.isSymbol('%')) return undefined
  const anchor = stream.peek(1).value
  if (anchor !== 'TYPE' && anchor !== 'ROWTYPE') return undefined
  stream.next()
  stream.next()
  return anchor
}
