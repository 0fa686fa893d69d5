/** Whether the process says, as Node's tools agree to, that it serves real users. */
export function isProduction(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return environment.NODE_ENV === 'production'
}
