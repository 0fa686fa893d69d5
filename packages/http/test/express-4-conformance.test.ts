import { defineConformanceTests, installed } from '@select-ai/adapter-conformance'
import express from 'express-lowest'
import { expressApps, gapsOfExpress } from './express-app.ts'

defineConformanceTests({
  framework: installed(import.meta.dirname, 'express', 'express-lowest'),
  makeApp: expressApps(express),
  gaps: gapsOfExpress,
})
