import { createServer, type RequestListener, type Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { SelectAIOptions } from '@select-ai/core/routes'
import * as adapterForFastify from '@select-ai/fastify'
import * as adapterForHono from '@select-ai/hono'
import * as adapterForHttp from '@select-ai/http'
import * as adapterForKoa from '@select-ai/koa'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { openByHand } from './ask-by-hand.ts'
import type { BenchSettings, Framework, Variant } from './bench-settings.ts'

type MakeServer = (settings: BenchSettings) => Promise<Server>

/** For each framework the same `GET /chat?prompt=`, once with the kit and once written by hand. */
export const servers: Readonly<Record<Framework, Readonly<Record<Variant, MakeServer>>>> = {
  fastify: {
    async kit(settings) {
      const app = Fastify()
      await app.register(adapterForFastify.selectAI, optionsFor(settings))
      await app.ready()
      return app.server
    },
    async 'by hand'(settings) {
      const ask = await openByHand(settings)
      const app = Fastify()
      app.get<{ Querystring: { prompt?: string } }>('/chat', async ({ query: { prompt } }, reply) => {
        if (!prompt) return reply.code(400).send({ error: 'prompt is missing' })
        return { response: await ask(prompt) }
      })
      await app.ready()
      return app.server
    },
  },
  hono: {
    async kit(settings) {
      const ai = adapterForHono.selectAI(optionsFor(settings))
      await ai.open()
      const app = new Hono().use(ai.middleware)
      return createAdaptorServer({ fetch: app.fetch }) as Server
    },
    async 'by hand'(settings) {
      const ask = await openByHand(settings)
      const app = new Hono().get('/chat', async (c) => {
        const prompt = c.req.query('prompt')
        if (!prompt) return c.json({ error: 'prompt is missing' }, 400)
        return c.json({ response: await ask(prompt) })
      })
      return createAdaptorServer({ fetch: app.fetch }) as Server
    },
  },
  koa: {
    async kit(settings) {
      const ai = adapterForKoa.selectAI(optionsFor(settings))
      await ai.open()
      return listenWith(new Koa().use(ai.middleware).callback())
    },
    async 'by hand'(settings) {
      const ask = await openByHand(settings)
      const app = new Koa().use(async (ctx, next) => {
        if (ctx.method !== 'GET' || ctx.path !== '/chat') return next()
        const { prompt } = ctx.query
        if (typeof prompt !== 'string' || prompt === '') return ctx.throw(400)
        ctx.body = { response: await ask(prompt) }
      })
      return listenWith(app.callback())
    },
  },
  http: {
    async kit(settings) {
      const ai = adapterForHttp.selectAI(optionsFor(settings))
      await ai.open()
      return listenWith(ai.handler)
    },
    async 'by hand'(settings) {
      const ask = await openByHand(settings)
      return listenWith(async (request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
        const prompt = searchParams.get('prompt')
        if (pathname !== '/chat' || !prompt) return response.writeHead(400).end()
        const body = JSON.stringify({ response: await ask(prompt) })
        response.writeHead(200, { 'content-type': 'application/json' }).end(body)
      })
    },
  },
}

function optionsFor({ connectString, user, password, profile, poolMax }: BenchSettings): SelectAIOptions {
  return {
    connection: { connectString, user, password, poolMin: poolMax, poolMax },
    routes: { actions: ['chat'], profiles: [profile] },
  }
}

function listenWith(listener: RequestListener): Server {
  return createServer(listener)
}
