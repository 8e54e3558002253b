// Every field that the engine decodes in the core protocols is explained, in both languages.
import { describe, expect, it } from 'vitest'
import { allFields, allProtocols } from '../../../../src/engine/dissect/registry'
import '../../../../src/engine/protocols/all'
import { TLS_ALERTS } from '../../../../src/engine/values/tls'
import type { Both } from '../../../../src/renderer/explain/card'
import { fieldTexts, findFieldText } from '../../../../src/renderer/explain/lookup'
import { fieldPatterns } from '../../../../src/renderer/explain/patterns'
import { protocolTexts } from '../../../../src/renderer/explain/protocols'
import { icmpCodes, icmpv6Codes } from '../../../../src/renderer/explain/values/icmp'
import { servicePorts } from '../../../../src/renderer/explain/values/ports'

const CORE = [
  'frame',
  'eth',
  'vlan',
  'arp',
  'ip',
  'ipv6',
  'icmp',
  'icmpv6',
  'igmp',
  'tcp',
  'udp',
  'dns',
  'http',
  'http2',
  'llc',
  'sll',
  'tls',
]

const everyText = (): readonly (readonly [string, Both])[] => [
  ...Object.entries(fieldTexts).flatMap(([field, text]): (readonly [string, Both])[] => [
    [field, text.what],
    [`${field} name`, text.name],
    ...(text.why === undefined ? [] : [[`${field} why`, text.why] as const]),
    ...Object.entries(text.values ?? {}).map(([key, item]) => [`${field} = ${key}`, item.what] as const),
  ]),
  ...fieldPatterns.map(([pattern, text]) => [String(pattern), text.what] as const),
  ...Object.entries(protocolTexts).map(([name, [, what]]) => [name, what] as const),
  ...Object.entries({ ...icmpCodes, ...icmpv6Codes, ...servicePorts }).map(([key, item]) => [key, item.what] as const),
]

describe('explanations', () => {
  it.each(CORE)('cover every field of %s that the engine has', (protocol) => {
    const missing = allFields()
      .map((field) => field.name)
      .filter((name) => (name === protocol || name.startsWith(`${protocol}.`)) && findFieldText(name) === null)
    expect(missing).toEqual([])
  })

  it('explain every alert of TLS with its source', () => {
    const texts = fieldTexts['tls.alert_message.desc']?.values ?? {},
      missing = Object.keys(TLS_ALERTS).filter((number) => texts[number] === undefined)
    expect(missing).toEqual([])
    // number 1 stood only in drafts
    expect(Object.keys(texts).filter((number) => number !== '1' && !/^RFC \d+/.test(texts[number]?.source ?? ''))).toEqual([])
  })

  it('describe every protocol of the engine that has fields', () => {
    const fields = allFields().map(({ name }) => name),
      missing = allProtocols()
        .map((protocol) => protocol.name)
        .filter((name) => findFieldText(name) === null && protocolTexts[name] === undefined)
    expect(missing.filter((name) => fields.some((field) => field.startsWith(`${name}.`)))).toEqual([])
  })

  it('say something in both languages', () => {
    const empty = everyText().filter(([, [en, zh]]) => en.trim() === '' || zh.trim() === '')
    expect(empty).toEqual([])
  })

  it('write Chinese sentences in Chinese', () => {
    const english = everyText().filter(([key, [, zh]]) => !key.endsWith(' name') && !/[\u4e00-\u9fff]/.test(zh))
    expect(english.map(([key, [, zh]]) => `${key}: ${zh}`).filter((text) => !/Hesiod/.test(text))).toEqual([])
  })

  it('write English sentences without Chinese signs', () => {
    const mixed = everyText().filter(([, [en]]) => /[\u3000-\u9fff\uff00-\uffef]/.test(en))
    expect(mixed).toEqual([])
  })

  it('end sentences with a full stop', () => {
    const open = everyText().filter(([key, [en, zh]]) => !key.endsWith(' name') && (!/[.?!”)]$/.test(en) || !/[。？！”）]$/.test(zh)))
    expect(open.map(([key]) => key)).toEqual([])
  })
})
