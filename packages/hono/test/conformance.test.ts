import { defineConformanceTests, peerInUse } from '@select-ai/adapter-conformance'
import { Hono } from 'hono'
import { Hono as LowestHono } from 'hono-lowest'
import { makeHonoApp } from './hono-app.ts'

defineConformanceTests({
  framework: peerInUse(import.meta.dirname, 'hono', Hono, LowestHono),
  makeApp: makeHonoApp,
})
