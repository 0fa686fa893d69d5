/**
 * One suite that every adapter passes, over real HTTP against the emulator.
 *
 * @module
 */
export type { Adapter, App, AppSetup, HostRequest, HostRoute } from './app.ts'
export { type Answer, type Asking, ask, question, send } from './ask.ts'
export { defineConformanceTests } from './define-conformance-tests.ts'
export { defineShutdownTests } from './define-shutdown-tests.ts'
export { type EventClient, openEvents } from './event-client.ts'
export { type Framework, installed, peerInUse } from './framework.ts'
export { type HeldModel, heldModel } from './held-model.ts'
export type { ReportEntry } from './report-entry.ts'
export { serveApp } from './serve-app.ts'
export { allRoutes, connectionTo, password } from './test-service.ts'
