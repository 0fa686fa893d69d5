// One server under test: server-process.ts FRAMEWORK VARIANT SETTINGS, the last one as JSON. Tells its parent the port and, when
// it is asked, the processor time that it has used so far, in microseconds.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { BenchSettings, Framework, Variant } from './bench-settings.ts'
import { servers } from './servers.ts'

const [framework, variant, settings = ''] = process.argv.slice(2)
const make = servers[framework as Framework][variant as Variant]
const server = await make(JSON.parse(settings) as BenchSettings)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.send?.((server.address() as AddressInfo).port)
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.once('disconnect', () => process.exit())
