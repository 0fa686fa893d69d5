import { defineConformanceTests, peerInUse } from '@select-ai/adapter-conformance'
import Fastify from 'fastify'
import LowestFastify from 'fastify-lowest'
import { makeFastifyApp } from './fastify-app.ts'

const gapsOfLowest = {
  'the type of a body is read without regard to case':
    'The first Fastify 5 takes Application/JSON for a type that it has no parser for.',
}
const gapsOfHighest = {
  'a body that is no UTF-8 gets 400':
    "Fastify's parser has decoded the body before, with replacement characters for what is no UTF-8.",
}
const framework = peerInUse(import.meta.dirname, 'fastify', Fastify, LowestFastify)

defineConformanceTests({
  framework,
  makeApp: makeFastifyApp,
  gaps: {
    'a start that failed can be tried again when the database is back':
      'Fastify boots once: after a failed start the application is made anew, by the process or by whoever restarts it.',
    ...(framework.peer?.isLowest ? gapsOfLowest : gapsOfHighest),
    'over HTTP/2 a body that is far too large gets 413, and its stream ends':
      "Fastify's parser gives up the body before, and leaves the stream to the client.",
  },
})
