// Cards of every row of real packets: the sample captures, dissected by the real engine.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explain } from '../../../../src/renderer/explain/explain'
import { hasOwnCard } from '../../../../src/renderer/explain/lookup'
import { layerLadder } from '../../../../src/renderer/explain/layers'
import { startEngine } from '../../../support/engine-harness'

const samples = join(import.meta.dirname, '../../../../resources/samples')
const names = readdirSync(samples).filter((name) => /^(page-load|dns-resolver|tcp-.*)\.pcapng$/.test(name))
const CORE = /^(frame|eth|arp|ip|tcp|udp|dns|http)(\.|$)/

describe('cards of the sample captures', () => {
  it.each(names)('%s: no card is empty, and sums add up', async (name) => {
    const engine = startEngine()
    engine.files.set(`/${name}`, readFileSync(join(samples, name)))
    const info = await engine.open(`/${name}`)
    const shared = new Set<string>()
    let sums = 0
    for (let number = 1; number <= Math.min(info.packets, 60); number++) {
      const packet = await engine.client.call('packet.get', { captureId: info.captureId, number, resolveNames: false })
      for (const [index, row] of packet.tree.entries()) {
        const [english, chinese] = [explain(packet, index, 'en'), explain(packet, index, 'zh')]
        expect(english.title === '' || english.what === '' || chinese.what === '', `${String(number)}: ${row.field} ${row.label}`).toBe(
          false,
        )
        if (CORE.test(row.field) && !hasOwnCard(row.field)) shared.add(row.field)
        if (english.sum === null) continue
        sums++
        const [result, ...parts] = english.sum.boxes.map((box) => Number(box.value.replaceAll(',', ''))).reverse()
        const [first = 0, ...others] = parts.reverse()
        const computed = others.reduce((left, right, at) => {
          const sign = english.sum?.signs[at]
          return sign === '×' ? left * right : sign === '+' ? left + right : sign === '−' ? left - right : left ** right
        }, first)
        expect(computed, `${String(number)}: ${row.label}`).toBe(result)
      }
      expect(layerLadder(packet, 'tcp').some((rung) => rung.content !== null)).toBe(true)
    }
    expect(sums).toBeGreaterThan(0)
    // What has only the card of its family is rare here: names of addresses and the odd record.
    expect(
      [...shared].filter(
        (field) => !/_resolved$|_host$|\.host$|^dns\.(svcb|rrsig|ds|nsec|svcparams?|dnskey)|^frame\.packet_flags_/.test(field),
      ),
    ).toEqual([])
  })
})
