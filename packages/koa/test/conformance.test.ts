import { defineConformanceTests, peerInUse } from '@select-ai/adapter-conformance'
import Koa from 'koa'
import LowestKoa from 'koa-lowest'
import { makeKoaApp } from './koa-app.ts'

defineConformanceTests({
  framework: peerInUse(import.meta.dirname, 'koa', Koa, LowestKoa),
  makeApp: makeKoaApp,
})
