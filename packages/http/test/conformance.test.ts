import { defineConformanceTests } from '@select-ai/adapter-conformance'
import { makeHttpApp } from './http-app.ts'

defineConformanceTests({ framework: { name: 'http', version: `Node ${process.versions.node}` }, makeApp: makeHttpApp })
