import { defineConformanceTests, installed } from '@select-ai/adapter-conformance'
import express from 'express'
import { expressApps, gapsOfExpress } from './express-app.ts'

defineConformanceTests({
  framework: installed(import.meta.dirname, 'express', 'express'),
  makeApp: expressApps(express),
  gaps: gapsOfExpress,
})
