import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { everyCall } from '../every-call.ts'

const agentObjects = ['agent-objects', 'agents', 'sharing']

/** The files that make an owner's calls. They are told apart since many owners have methods of the same names. */
const filesOf: Readonly<Record<string, readonly string[]>> = {
  Profile: ['answers', 'learning', 'profiles', 'sharing', 'vector-indexes'],
  ChatSession: ['chat-sessions'],
  Conversation: ['conversations'],
  VectorIndex: ['vector-indexes', 'sharing'],
  Agent: agentObjects,
  AgentTask: agentObjects,
  AgentTool: agentObjects,
  AgentTeam: agentObjects,
  SelectAIPool: ['agents', 'answers', 'contract-objects', 'conversations', 'profiles', 'vector-indexes'],
  admin: ['credentials', 'privileges', 'sharing'],
}

/** It is a switch for the whole database, on which other checks and other people are at work. */
const leftAlone: readonly string[] = ['disableDataAccess']

it.each(Object.entries(everyCall))('every call of %s is made, save what would disturb others', (owner, methods) => {
  const sources = (filesOf[owner] ?? []).map((file) => {
    const extension = file === 'contract-objects' ? 'ts' : 'test.ts'
    return readFileSync(join(import.meta.dirname, `${file}.${extension}`), 'utf8')
  })
  const call = (method: string) => new RegExp(owner === 'admin' ? `\\b${method}\\(` : `\\.${method}\\(`)
  const missing = Object.keys(methods).filter((method) => !sources.some((source) => call(method).test(source)))
  expect(missing.filter((method) => !leftAlone.includes(method))).toEqual([])
})
