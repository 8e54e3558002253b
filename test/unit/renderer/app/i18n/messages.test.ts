import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatSeconds } from '../../../../../src/renderer/app/i18n/format'
import { defineMessages, translator, type Message } from '../../../../../src/renderer/app/i18n/messages'

const FOLDER = resolve(import.meta.dirname, '../../../../../src/renderer/app/i18n')

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value
}

async function allMessages(): Promise<readonly (readonly [string, Message])[]> {
  const found: [string, Message][] = []
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))) {
    const module = (await import(resolve(FOLDER, file))) as Record<string, unknown>
    for (const [table, value] of Object.entries(module)) {
      if (typeof value !== 'object' || value === null) continue
      for (const [key, message] of Object.entries(value)) if (isMessage(message)) found.push([`${file} ${table}.${key}`, message])
    }
  }
  return found
}

const texts = (message: Message, language: 'en' | 'zh'): string[] => {
  const text = message[language]
  return typeof text === 'string' ? [text] : [text.one, text.other]
}
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('messages', () => {
  it('use the same placeholders in both languages', async () => {
    const messages = await allMessages()
    expect(messages.length).toBeGreaterThan(200)
    const wrong = messages.filter(([, message]) => {
      const english = new Set(texts(message, 'en').flatMap(placeholders))
      const chinese = new Set(texts(message, 'zh').flatMap(placeholders))
      return [...chinese].some((name) => !english.has(name)) || [...english].some((name) => name !== 'count' && !chinese.has(name))
    })
    expect(wrong.map(([name]) => name)).toEqual([])
  })

  it('are translated: no empty text, and Chinese is Chinese unless it is a name', async () => {
    const same = (await allMessages()).filter(([, message]) =>
      texts(message, 'zh').some((text) => text.trim() === '' || (/[a-z]{3} [a-z]{3}/i.test(text) && !/[\u4e00-\u9fff]/.test(text))),
    )
    expect(same.map(([name]) => name)).toEqual([])
  })

  it('choose the plural by count and group digits', () => {
    const { packets } = defineMessages({
      en: { packets: { one: '{count} packet', other: '{count} packets' } },
      zh: { packets: '{count} 个数据包' },
    })
    const [en, zh] = [translator('en'), translator('zh')]
    expect([en(packets, { count: 1 }), en(packets, { count: 12_345 }), zh(packets, { count: 1 })]).toEqual([
      '1 packet',
      '12,345 packets',
      '1 个数据包',
    ])
  })
})

describe('formats', () => {
  it('print sizes and durations with two or three digits', () => {
    expect([0, 999, 573_000, 1_240_000, 4_000_000_000].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
      '0 B',
      '999 B',
      '573 kB',
      '1.2 MB',
      '4 GB',
    ])
    expect([179.7, -1601, 7199.9, 7261].map((seconds) => formatSeconds(seconds, 'en'))).toEqual([
      '3 min 0 s',
      '-26 min 41 s',
      '120 min 0 s',
      '2 h 1 min',
    ])
    expect([0, 142e-6, 0.038, 5.155, 3600].map((seconds) => formatSeconds(seconds, 'en'))).toEqual([
      '0 s',
      '142 µs',
      '38 ms',
      '5.155 s',
      '60 min 0 s',
    ])
  })
})
