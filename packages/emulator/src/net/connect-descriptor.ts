/** What a client's connect descriptor asks for. */
export interface ConnectDescriptor {
  readonly serviceName: string | undefined
  readonly sid: string | undefined
}

/** Finds the service in `(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=...)))`. */
export function readConnectDescriptor(text: string): ConnectDescriptor {
  return { serviceName: parameter(text, 'SERVICE_NAME'), sid: parameter(text, 'SID') }
}

function parameter(text: string, key: string): string | undefined {
  const match = new RegExp(String.raw`\(\s*${key}\s*=\s*(?:"([^"]*)"|([^()]*?))\s*\)`, 'i').exec(text)
  return match?.[1] ?? match?.[2]
}
