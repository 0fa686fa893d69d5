import { describe, expect, it } from 'vitest'
import { a2uiParts, actionsOf, chooseA2UI, withoutForms } from '../src/cluster/a2ui.ts'

const action = { name: 'log_on', context: { password: 'CANARY' } }
const message = { version: 'v0.9.1', action }
const metadata = { mimeType: 'application/a2ui+json' }
const basic = 'https://a2ui.org/specification/v0_9/catalogs/basic/catalog.json'
const gemini = 'https://www.gstatic.com/vertexaisearch/a2ui/v0_9/gemini_enterprise_composite_catalog.json'

describe('an action', () => {
  it.each([
    ['in an array', { data: [message], metadata }],
    ['alone', { data: message, metadata }],
    ['as the value of an object', { data: { value: [message] }, metadata }],
    ['with the type of version 0.9', { data: message, metadata: { mimeType: 'application/json+a2ui' } }],
    ['with the type beside the data', { data: message, mimeType: metadata.mimeType }],
    ['with a media type of version 1.0', { data: [message], mediaType: metadata.mimeType }],
    ['without a type', { data: message, metadata: {}, mediaType: '' }],
  ])('is found %s, and kept nowhere', (_, part) => {
    const parts = [{ text: 'hello' }, part]
    expect(actionsOf({ parts })).toEqual([action])
    expect(withoutForms({ parts })).toEqual({ parts: [{ text: 'hello' }] })
  })

  it.each([
    [{ data: [null, 7, { action: null }], metadata }],
    [{ data: 'text', metadata }],
    [{ data: [message], metadata: { mimeType: 'application/json' } }],
    [{ text: 'hello' }],
    [null],
  ])('is not in %j', (part) => {
    expect(actionsOf({ parts: [part] })).toEqual([])
  })
})

describe('what is kept of a message', () => {
  it('has no form, submitted or not, and no state of a form', () => {
    const other = { data: { rows: 3 }, mediaType: 'application/json' }
    const kept = withoutForms({
      messageId: 'm',
      parts: [{ text: 'hello' }, { data: [{ updateDataModel: { value: 'CANARY' } }], metadata }, other],
      metadata: { a2uiClientDataModel: { surfaces: { 'form-1': 'CANARY' } }, a2uiClientCapabilities: {} },
    })
    const parts = [{ text: 'hello' }, other]
    expect(kept).toEqual({ messageId: 'm', parts, metadata: { a2uiClientCapabilities: {} } })
  })

  it('leaves the message that came as it was', () => {
    const given = { parts: [{ data: message, metadata }] }
    withoutForms(given)
    expect(actionsOf(given)).toEqual([action])
  })
})

describe('the version', () => {
  const v09 = 'https://a2ui.org/a2a-extension/a2ui/v0.9'
  const capabilities = (supportedCatalogIds: unknown): object => ({
    metadata: { a2uiClientCapabilities: { 'v0.9': { supportedCatalogIds } } },
  })
  it.each([
    ['v0.9.1', 'of a client that says nothing', {}, undefined],
    ['v0.9.1', 'of one that knows both', {}, `${v09}, ${v09}.1`],
    ['v0.9', 'that the header asks for', {}, `https://example.com/another, ${v09}`],
    ['v0.9', 'that the message asks for', { extensions: [v09] }, undefined],
    ['v0.9', 'of its catalogs', capabilities([gemini]), undefined],
    ['v0.9.1', 'of a client with unknown catalogs', capabilities(['https://example.com/catalog']), undefined],
    ['v0.9.1', 'of a client whose words make no sense', { ...capabilities(7), extensions: 'none' }, undefined],
  ])('is %s, %s', (version, _, given, header) => {
    expect(chooseA2UI(given as never, header).version.version).toBe(version)
  })

  it('takes a catalog that the client has', () => {
    expect(chooseA2UI(capabilities(['x', gemini]) as never).catalogId).toBe(gemini)
    expect(chooseA2UI(capabilities(['x']) as never, v09).catalogId).toBe(basic)
  })
})

describe('the parts of a form', () => {
  const choice = chooseA2UI({})

  it('are one with an array in version 1.0', () => {
    expect(a2uiParts([{ a: 1 }, { b: 2 }], choice, '1.0')).toMatchObject([
      {
        content: {
          value: [
            { version: 'v0.9.1', a: 1 },
            { version: 'v0.9.1', b: 2 },
          ],
        },
        metadata,
        mediaType: metadata.mimeType,
      },
    ])
  })

  it('are one for each message in version 0.3, whose data are objects', () => {
    expect(a2uiParts([{ a: 1 }, { b: 2 }], choice, '0.3')).toMatchObject([
      { content: { value: { version: 'v0.9.1', a: 1 } }, metadata },
      { content: { value: { version: 'v0.9.1', b: 2 } }, metadata },
    ])
  })
})
