// Hostile messages of the naming and management protocols, EAP and OpenVPN: whatever is flipped or cut in the golden cases' frames, dissection ends and finds no bug of ours.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dissectAll } from '../support/dissect'

const RUNS = Number(process.env['MUTANTS'] ?? 1000)
/** Ethernet, IPv4 and UDP headers of the golden frames: the message begins behind them; EAPOL's behind Ethernet's alone. */
const HEADERS = 42,
  ETHERNET = 14
const PROTOCOLS = ['dhcp', 'dhcpv6', 'nbns', 'nbdgm', 'ntp', 'snmp', 'syslog', 'eapol', 'openvpn']

const frames = PROTOCOLS.flatMap((protocol) =>
  readFileSync(path.join(import.meta.dirname, `../golden/${protocol}.txt`), 'utf8')
    .split(/^(?=# )/m)
    .map((one) => Buffer.from((one.split('==>')[0] ?? '').split('\n').slice(1).join(''), 'hex'))
    .map((frame) => ({ frame, headers: protocol === 'eapol' ? ETHERNET : HEADERS }))
    .filter(({ frame, headers }) => frame.length > headers),
)

const mutant = fc.record({
  frame: fc.nat(frames.length - 1),
  flips: fc.array(fc.record({ at: fc.nat(1500), value: fc.nat(255) }), { minLength: 1, maxLength: 6 }),
  cut: fc.option(fc.nat(600), { freq: 3 }),
})

describe('mutated messages', () => {
  it(`${RUNS} byte flips and cuts over golden messages find no bug and end`, () => {
    expect(frames.length).toBeGreaterThan(40)
    fc.assert(
      fc.property(mutant, ({ frame, flips, cut }) => {
        const { frame: original, headers } = frames[frame] ?? { frame: Buffer.alloc(0), headers: HEADERS },
          bytes = Uint8Array.from(original.subarray(0, cut === null ? original.length : Math.max(headers, original.length - cut)))
        for (const { at, value } of flips) if (bytes.length > headers) bytes[headers + (at % (bytes.length - headers))] = value
        expect(dissectAll([bytes]).filter(({ hasBug }) => hasBug)).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })
})
