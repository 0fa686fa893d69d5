const SECRET_NAME = /passw|secret|private_?key|token|credential_value|wallet_key/i
const SECRET_LITERALS = [
  /(\bidentified\s+by\s+(?:values\s+)?)("(?:[^"]*)"|'(?:[^']|'')*'|[^\s;,]+)/gi,
  /(\b\w*(?:password|secret|private_key|token)\w*\s*=>\s*)(n?'(?:[^']|'')*')/gi,
]

/** Whether a bind's name says that its value is not for other eyes. */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name)
}

/** Whether a statement hands over secrets in arguments that may have any name, or none. */
export function handsOverSecrets(sql: string): boolean {
  return /\b(create|update)_credential\b/i.test(sql)
}

/** A statement's text without the passwords that stand in it as literals. */
export function redactSql(sql: string): string {
  if (handsOverSecrets(sql)) return sql.replace(/n?'(?:[^']|'')*'/gi, '***')
  return SECRET_LITERALS.reduce((text, pattern) => text.replace(pattern, '$1***'), sql)
}
