import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readValue } from '../src/attributes/attribute-types.ts'
import {
  CallTimeoutError,
  InvalidAttributeError,
  type Profile,
  type ProfileAttributes,
  type ProfileDefinition,
  ProfileExistsError,
  ProfileNotFoundError,
  ProfileReplaceError,
  SelectAIArgumentError,
  type SelectAIPool,
} from '../src/index.ts'
import { profileAttributeTypes } from '../src/profile/attribute-values.ts'
import * as statements from '../src/sql/profile-statements.ts'
import { shortTextCharacters } from '../src/sql/short-texts.ts'
import { type OpenDatabase, openDatabase, roundTrips } from './open-database.ts'

const attributes: ProfileAttributes = {
  provider: 'azure',
  azure_resource_name: 'resource',
  max_tokens: 1024,
  temperature: 0.25,
  comments: true,
  constraints: false,
  object_list: [{ owner: 'SH', name: 'SALES' }, { owner: 'SH' }],
  stop_tokens: [';', 'Ende "ü"'],
}

let made = 0

/** A profile of a name that no other test uses. */
function freshProfile(pool: SelectAIPool): Profile {
  made += 1
  return pool.profile(`made_${made}`)
}

async function costOf(database: OpenDatabase, work: () => Promise<unknown>): Promise<number> {
  const before = roundTrips(database.emulator)
  await work()
  return roundTrips(database.emulator) - before
}

describe('a profile that is created', () => {
  it('is read back with what was set and nothing else, typed and frozen', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    const start = Date.now()
    const description = 'Umsätze, 売上 und 😀 "Fragen" \' -- :x'
    await profile.create({ attributes, description })
    const fetched = await profile.fetch()
    expect(fetched).toEqual({
      name: profile.name.toUpperCase(),
      status: 'enabled',
      description,
      created: expect.any(Date),
      lastModified: expect.any(Date),
      attributes,
    })
    expect(fetched.created.getTime()).toBeGreaterThanOrEqual(start)
    expect(fetched.created.getTime()).toBeLessThanOrEqual(Date.now())
    expect(fetched).not.toHaveProperty('owner')
    for (const part of [fetched, fetched.attributes, fetched.attributes.object_list?.[0]]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('answers, unless it is created disabled', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes: { provider: 'database' }, enabled: false })
    expect(await profile.fetch()).toMatchObject({ status: 'disabled' })
    await expect(profile.chat('hello')).rejects.toBeInstanceOf(ProfileNotFoundError)
    await profile.enable()
    expect(await profile.chat('hello')).toBe('echo of 5 characters')
    await profile.disable()
    expect(await profile.fetch()).toMatchObject({ status: 'disabled' })
  })

  it('has no description when none was given, and carries one of 4,000 characters of several bytes', async () => {
    await using database = await openDatabase()
    const plain = freshProfile(database.pool)
    await plain.create({ attributes: { provider: 'openai' }, description: '' })
    expect(await plain.fetch()).not.toHaveProperty('description')
    const described = freshProfile(database.pool)
    const description = '漢'.repeat(4000)
    await described.create({ attributes: { provider_endpoint: 'api.x.ai' }, description })
    expect(await described.fetch()).toMatchObject({ description, attributes: { provider_endpoint: 'api.x.ai' } })
  })

  it('keeps attributes that this package does not know, as text', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes: { provider: 'database', source_language: 'de', streaming: true } })
    const { attributes: read } = await profile.fetch()
    expect(read).toEqual({ provider: 'database', source_language: 'de', streaming: 'true' })
    const copy = freshProfile(database.pool)
    await copy.create({ attributes: read })
    expect((await copy.fetch()).attributes).toEqual(read)
  })

  it('reads the attributes of what was fetched back into the same profile, for every provider', async () => {
    await using database = await openDatabase()
    const providers: ProfileAttributes[] = [
      { provider: 'openai', model: 'm', seed: 7, role: 'You are terse.', conversation_length: 5 },
      { provider: 'openai', seed: '9223372036854775807' },
      attributes,
      { provider: 'oci', oci_apiformat: 'COHERE', oci_compartment_id: 'ocid1', region: 'us-chicago-1' },
      { provider: 'aws', aws_apiformat: 'ANTHROPIC', region: 'us-east-1' },
      { provider: 'cohere', object_list_mode: 'all', enforce_object_list: true },
      { provider: 'google', credential_name: 'GOOGLE' },
      { provider: 'anthropic', conversation: true },
      { provider: 'huggingface', embedding_model: 'e' },
    ]
    for (const given of providers) {
      const profile = freshProfile(database.pool)
      await profile.create({ attributes: given })
      const { attributes: read } = await profile.fetch()
      expect(read).toEqual(given)
      await profile.createOrReplace({ attributes: read })
      expect((await profile.fetch()).attributes).toEqual(given)
    }
  })

  it('is not created twice', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes })
    const again = profile.create({ attributes: { provider: 'openai' } })
    await expect(again).rejects.toBeInstanceOf(ProfileExistsError)
    await expect(again).rejects.toMatchObject({ profile: profile.name, cause: { errorNum: 20046 } })
    expect((await profile.fetch()).attributes).toEqual(attributes)
  })

  it('exists once when many create it at the same time', async () => {
    await using database = await openDatabase({ pool: { poolMax: 4 } })
    const { name } = freshProfile(database.pool)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => database.pool.profile(name).create({ attributes })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ProfileExistsError)
    }
  })

  it.each<[string, ProfileAttributes, string | undefined, number]>([
    ['an unknown attribute', { provider: 'openai', nonsense: 1 }, 'nonsense', 20047],
    ['an unknown provider', { provider: 'oracle of delphi' }, 'provider', 20047],
    ['a value out of range', { provider: 'openai', temperature: 99 }, 'temperature', 20047],
  ])('is refused by the database with %s, and then is not there', async (_, refused, attribute, errorNum) => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    const attempt = profile.create({ attributes: refused })
    await expect(attempt).rejects.toBeInstanceOf(InvalidAttributeError)
    await expect(attempt).rejects.toMatchObject({
      kind: 'profile',
      object: profile.name,
      attribute,
      cause: { errorNum },
    })
    await expect(profile.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
  })
})

describe('a profile that is replaced', () => {
  it('has nothing left of the old one', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.createOrReplace({ attributes, description: 'old' })
    await profile.createOrReplace({ attributes: { provider: 'openai' }, enabled: false })
    const fetched = await profile.fetch()
    expect(fetched).toMatchObject({ status: 'disabled', attributes: { provider: 'openai' } })
    expect(fetched.attributes).toEqual({ provider: 'openai' })
    expect(fetched).not.toHaveProperty('description')
  })

  it('stays when the replacement is refused before anything is sent', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes })
    const refused = { attributes: { model: 'm' } } as unknown as ProfileDefinition
    await expect(profile.createOrReplace(refused)).rejects.toBeInstanceOf(SelectAIArgumentError)
    expect((await profile.fetch()).attributes).toEqual(attributes)
  })

  it('is told to be gone when the database refuses the replacement', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes })
    const failure: unknown = await profile
      .createOrReplace({ attributes: { provider: 'openai', nonsense: 1 } })
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProfileReplaceError)
    expect(failure).toMatchObject({
      profile: profile.name,
      message: expect.stringContaining('was dropped'),
      cause: { code: 'INVALID_ATTRIBUTE', attribute: 'nonsense', cause: { errorNum: 20047, code: 'ORA-20047' } },
    })
    await expect(profile.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
  })

  it('is not told to be gone when there was none', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    const attempt = profile.createOrReplace({ attributes: { provider: 'openai', nonsense: 1 } })
    await expect(attempt).rejects.toBeInstanceOf(InvalidAttributeError)
  })

  it('is there, whole, after many replaced it at the same time', async () => {
    await using database = await openDatabase({ pool: { poolMax: 4 } })
    const { name } = freshProfile(database.pool)
    const numbers = Array.from({ length: 12 }, (_, index) => index + 1)
    await Promise.all(
      numbers.map((seed) =>
        database.pool.profile(name).createOrReplace({ attributes: { provider: 'openai', seed, max_tokens: seed } }),
      ),
    )
    const { seed, max_tokens: maxTokens } = (await database.pool.profile(name).fetch()).attributes
    expect(numbers).toContain(seed)
    expect(maxTokens).toBe(seed)
  })
})

describe('a profile that is changed', () => {
  it('gets the attributes that are given and keeps the rest', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes, description: 'kept' })
    await profile.merge({ temperature: 0, object_list: [{ owner: 'HR' }], model: undefined })
    const fetched = await profile.fetch()
    expect(fetched).toMatchObject({ description: 'kept', status: 'enabled' })
    expect(fetched.attributes).toEqual({ ...attributes, temperature: 0, object_list: [{ owner: 'HR' }] })
    expect(fetched.lastModified.getTime()).toBeGreaterThanOrEqual(fetched.created.getTime())
  })

  it('takes single values of every type, in any case of the name', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes: { provider: 'openai' } })
    const values: Record<string, unknown> = {
      max_tokens: 512,
      temperature: 0,
      comments: false,
      model: 'gpt "ü"',
      object_list: [{ owner: 'SH' }],
      stop_tokens: ['a', 'b'],
      target_language: 'fr',
    }
    for (const [name, value] of Object.entries(values)) await profile.setAttribute(name.toUpperCase(), value)
    expect((await profile.fetch()).attributes).toEqual({ provider: 'openai', ...values })
  })

  it('stays as it is when the database refuses one of the attributes', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes })
    await expect(profile.merge({ temperature: 1, nonsense: 1 })).rejects.toBeInstanceOf(InvalidAttributeError)
    await expect(profile.setAttribute('nonsense', 1)).rejects.toMatchObject({ attribute: 'nonsense' })
    expect((await profile.fetch()).attributes).toEqual(attributes)
  })

  it('gets all changes that are made at the same time', async () => {
    await using database = await openDatabase({ pool: { poolMax: 4 } })
    const profile = freshProfile(database.pool)
    await profile.create({ attributes: { provider: 'openai' } })
    await Promise.all([
      profile.merge({ seed: 1 }),
      profile.merge({ temperature: 0.5 }),
      profile.setAttribute('model', 'm'),
      profile.merge({ comments: true }),
    ])
    const read = (await profile.fetch()).attributes
    expect(read).toEqual({ provider: 'openai', seed: 1, temperature: 0.5, model: 'm', comments: true })
  })
})

describe('a profile that does not exist', () => {
  it('is an error of its own for every call but a forced delete', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('NOT_THERE')
    const attempts = [
      () => profile.fetch(),
      () => profile.merge({ temperature: 0 }),
      () => profile.setAttribute('temperature', 0),
      () => profile.enable(),
      () => profile.disable(),
      () => profile.delete(),
      () => database.pool.profile('DEMO.NOT_THERE').fetch(),
      () => database.pool.profile('NOBODY.OCI_AI_PROFILE').fetch(),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toBeInstanceOf(ProfileNotFoundError)
    await profile.delete({ force: true })
  })

  it('is what a deleted one is', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    await profile.create({ attributes })
    await profile.delete()
    await expect(profile.fetch()).rejects.toBeInstanceOf(ProfileNotFoundError)
    await profile.create({ attributes })
    await profile.delete({ force: true })
    await expect(profile.delete({ force: false })).rejects.toBeInstanceOf(ProfileNotFoundError)
  })
})

describe('a profile with its owner', () => {
  it('is fetched from the views of all owners, whatever the case', async () => {
    await using database = await openDatabase()
    const fetched = await database.pool.profile('demo.oci_ai_profile').fetch()
    expect(fetched).toMatchObject({ owner: 'DEMO', name: 'OCI_AI_PROFILE', attributes: { provider: 'oci' } })
  })

  it('is refused where the owner alone may do it', async () => {
    await using database = await openDatabase()
    const profile = database.pool.profile('DEMO.OCI_AI_PROFILE')
    const attempts = [
      () => profile.create({ attributes }),
      () => profile.createOrReplace({ attributes }),
      () => profile.merge({ temperature: 0 }),
      () => profile.setAttribute('temperature', 0),
      () => profile.enable(),
      () => profile.disable(),
      () => profile.delete({ force: true }),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'profile' })
    }
  })
})

describe('the list of profiles', () => {
  it('has all of the user, in the order of their names', async () => {
    await using database = await openDatabase({ emulator: {} })
    await database.pool.profile('zebra').create({ attributes: { provider: 'openai' }, enabled: false })
    await database.pool.profile('ant').create({ attributes, description: 'small' })
    const list = await database.pool.listProfiles()
    expect(list.map(({ name, status }) => [name, status])).toEqual([
      ['ANT', 'enabled'],
      ['FILM_AI_PROFILE', 'enabled'],
      ['OCI_AI_PROFILE', 'enabled'],
      ['ZEBRA', 'disabled'],
    ])
    expect(list[0]).toEqual(await database.pool.profile('ANT').fetch())
    expect(Object.isFrozen(list)).toBe(true)
    expect(await database.pool.listProfiles({ pattern: '^(ant|z)' })).toHaveLength(2)
    expect(await database.pool.listProfiles({ pattern: 'nothing' })).toEqual([])
  })

  it('names the pattern when the database cannot read it', async () => {
    await using database = await openDatabase()
    for (const [pattern, errorNum] of [
      ['[', 12726],
      ['x'.repeat(513), 12733],
    ] as const) {
      const attempt = database.pool.listProfiles({ pattern })
      await expect(attempt).rejects.toBeInstanceOf(SelectAIArgumentError)
      await expect(attempt).rejects.toMatchObject({ argument: 'options.pattern', cause: { errorNum } })
    }
  })
})

describe('round trips', () => {
  it('every call costs one in steady state', async () => {
    await using database = await openDatabase()
    const profile = freshProfile(database.pool)
    const description = '€'.repeat(1000)
    const calls: Record<string, () => Promise<unknown>> = {
      create: () => profile.create({ attributes, description }),
      replace: () => profile.createOrReplace({ attributes, description }),
      merge: () => profile.merge({ temperature: 0 }),
      setAttribute: () => profile.setAttribute('temperature', 0),
      fetch: () => profile.fetch(),
      fetchOfOwner: () => database.pool.profile(`demo.${profile.name}`).fetch(),
      disable: () => profile.disable(),
      enable: () => profile.enable(),
      delete: () => profile.delete(),
    }
    for (const call of Object.values(calls)) await call()
    for (const [name, call] of Object.entries(calls)) expect([name, await costOf(database, call)]).toEqual([name, 1])
    expect(database.emulator.ledger.opened).toBe(1)
  })

  it('a first fetch costs two at most', async () => {
    await using database = await openDatabase({ emulator: {} })
    const cost = await costOf(database, () => database.pool.profile('OCI_AI_PROFILE').fetch())
    expect(cost).toBeLessThanOrEqual(2)
  })

  it('long texts cost two more, and arrive whole', async () => {
    await using database = await openDatabase()
    const objects = Array.from({ length: 2000 }, (_, index) => ({ owner: 'SH', name: `TABLE_${index}` }))
    const definitions: ProfileDefinition[] = [
      { attributes, description: '😀'.repeat(2000) },
      { attributes: { ...attributes, object_list: objects } },
    ]
    for (const definition of definitions) {
      const profile = freshProfile(database.pool)
      await profile.create(definition)
      for (const read of [
        () => profile.fetch(),
        () => database.pool.profile(`DEMO.${profile.name}`).fetch(),
        async () => (await database.pool.listProfiles({ pattern: `^${profile.name}$` }))[0],
      ]) {
        expect(await read()).toMatchObject(definition)
        expect(await costOf(database, read)).toBe(3)
      }
    }
  })

  it('a list of fifty profiles with all their attributes costs one', async () => {
    await using database = await openDatabase({ emulator: {} })
    for (let number = 0; number < 50; number += 1) {
      await database.pool.profile(`many_${number}`).create({ attributes, description: `number ${number}` })
    }
    await database.pool.listProfiles()
    let list: Awaited<ReturnType<SelectAIPool['listProfiles']>> = []
    const cost = await costOf(database, async () => {
      list = await database.pool.listProfiles({ pattern: '^MANY_' })
    })
    expect(cost).toBe(1)
    expect(list).toHaveLength(50)
    for (const profile of list) expect(profile.attributes).toEqual(attributes)
  })
})

describe('arguments', () => {
  const circular: Record<string, unknown> = { provider: 'openai' }
  circular.extra = [circular]

  it('that cannot be right are refused before anything is sent', async () => {
    await using database = await openDatabase({ pool: { verify: 'none' } })
    const profile = freshProfile(database.pool)
    const create = (definition: unknown) => () => profile.create(definition as ProfileDefinition)
    const withAttributes = (given: unknown) => create({ attributes: given })
    const of = (name: string, value: unknown): [string, () => Promise<unknown>] => [
      `definition.attributes.${name}`,
      withAttributes({ provider: 'openai', [name]: value }),
    ]
    const attempts: [string, () => Promise<unknown>][] = [
      ['definition', create(undefined)],
      ['definition', create([])],
      ['definition.name', create({ attributes, name: 'x' })],
      ['definition.attributes', create({})],
      ['definition.attributes', withAttributes(new Map())],
      ['definition.attributes', withAttributes({ provider: undefined, model: 'm' })],
      ['definition.attributes', withAttributes({ model: 'm' })],
      ['definition.attributes', withAttributes({ provider: 'openai', 'a b': 1 })],
      of('provider_endpoint', ' '),
      of('max_tokens', '1024'),
      of('max_tokens', 1.5),
      of('temperature', Number.NaN),
      of('comments', 'yes'),
      of('model', null),
      of('stop_tokens', 'a'),
      of('object_list', [{ name: 'SALES' }]),
      of('object_list', { owner: 'SH' }),
      of('object_list', [{ owner: 'SH', table: 'SALES' }]),
      of('other', null),
      of('other', ''),
      of('other', 1n),
      of('other', () => {}),
      of('other', { deep: new Date() }),
      ['definition.attributes.extra', withAttributes(circular)],
      ['definition.description', create({ attributes, description: 'd'.repeat(4001) })],
      ['definition.description', create({ attributes, description: 5 })],
      ['definition.enabled', create({ attributes, enabled: 'yes' })],
      ['options.timeout', () => profile.create({ attributes }, { timeout: 5 } as object)],
      ['definition', () => profile.createOrReplace(undefined as unknown as ProfileDefinition)],
      ['options.force', () => profile.createOrReplace({ attributes }, { force: true } as object)],
      ['attributes', () => profile.merge({})],
      ['attributes.temperature', () => profile.merge({ temperature: 'hot' } as object)],
      ['name', () => profile.setAttribute('', 1)],
      ['name', () => profile.setAttribute(undefined as unknown as string, 1)],
      ['value', () => profile.setAttribute('temperature', 'hot')],
      ['value', () => profile.setAttribute('other', undefined)],
      ['options.force', () => profile.delete({ force: 'yes' as unknown as boolean })],
      ['options', () => profile.delete(null as unknown as object)],
      ['options.pattern', () => profile.fetch({ pattern: 'x' } as object)],
      ['options.pattern', () => database.pool.listProfiles({ pattern: '' })],
      ['options.owner', () => database.pool.listProfiles({ owner: 'a b' })],
      ['options.pattern', () => database.pool.listProfiles({ pattern: /x/ as unknown as string })],
      ['options.timeoutMs', () => database.pool.listProfiles({ timeoutMs: 0 })],
      ['options.signal', () => profile.enable({ signal: 'stop' as unknown as AbortSignal })],
    ]
    for (const [argument, attempt] of attempts) {
      await expect(attempt(), argument).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument })
    }
    expect(database.emulator.ledger.opened).toBe(0)
  })

  it('reach the database as binds, and calls end by their deadline', async () => {
    await using database = await openDatabase({ pool: { poolMax: 1 } })
    const profile = freshProfile(database.pool)
    await profile.create({ attributes: { provider: 'openai', model: "it's" } })
    const { statements: sent } = database.emulator.ledger.sessions.at(-1) ?? { statements: [] }
    expect(sent.some(({ sql }) => sql.includes('CREATE_PROFILE'))).toBe(true)
    expect(sent.every(({ sql }) => !sql.includes("it's"))).toBe(true)
    await database.pool.withConnection(async () => {
      await expect(profile.fetch({ timeoutMs: 20 })).rejects.toBeInstanceOf(CallTimeoutError)
    })
  })
})

describe('the text of an attribute', () => {
  it.each([
    ['comments', 'true', true],
    ['comments', 'FALSE', false],
    ['comments', 'perhaps', 'perhaps'],
    ['max_tokens', '1024', 1024],
    ['conversation_length', '5', 5],
    ['seed', '-7', -7],
    ['seed', '9223372036854775807', '9223372036854775807'],
    ['max_tokens', '9007199254740993', '9007199254740993'],
    ['temperature', '.5', 0.5],
    ['temperature', 'warm', 'warm'],
    ['object_list', '[{"owner": "SH", "newer": 1}]', [{ owner: 'SH', newer: 1 }]],
    ['object_list', '[{"owner"', '[{"owner"'],
    ['stop_tokens', '{"a": 1}', '{"a": 1}'],
    ['unknown', '5', '5'],
    ['constructor', 'true', 'true'],
  ])('%s = %s is read as %j', (name, text, value) => {
    expect(readValue(profileAttributeTypes, name, text)).toEqual(value)
  })
})

describe('the statements', () => {
  const source = readFileSync(new URL('../src/sql/profile-statements.ts', import.meta.url), 'utf8')

  it('leave out texts where the client expects it', () => {
    const limits = [...source.matchAll(/LENGTH\([\w.]+\) <= (\d+)/g)].map(([, limit]) => Number(limit))
    expect(limits).toEqual(Array.from({ length: 8 }, () => shortTextCharacters))
  })

  it('are constant texts, put together from nothing, that name every argument', () => {
    expect(source).not.toMatch(/\$\{|['"`]\s*\+|\+\s*['"`]|\.concat|\.replace/)
    for (const text of Object.values<unknown>(statements).map(String)) {
      for (const [, list = ''] of text.matchAll(/DBMS_CLOUD_AI\.\w+\(([^)]*)\)/g)) {
        expect(list.split(',').every((argument) => argument.includes('=>'))).toBe(true)
      }
    }
  })
})
