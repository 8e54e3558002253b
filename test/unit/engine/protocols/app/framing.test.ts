// Hostile bytes: whatever changes in the golden frames of protocols over TCP, their layers end with a problem of the packet, never of ours.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dissectAll } from '../../../../support/dissect'

const golden = path.join(import.meta.dirname, '../../../../golden')

function casesOf(protocol: string): Uint8Array[][] {
  return readFileSync(path.join(golden, `${protocol}.txt`), 'utf8')
    .split(/^(?=# )/m)
    .filter((part) => part.startsWith('# '))
    .map((part) =>
      (part.split(/^==>\n/m)[0] ?? '')
        .split('\n')
        .slice(1)
        .join('\n')
        .trim()
        .split(/\n\s*\n/)
        .map((digits) => new Uint8Array(Buffer.from(digits.replace(/\s+/g, ''), 'hex'))),
    )
}

/** Bytes before the TCP payload: they stay, so that the payload is reached. */
const HEADERS = 54

describe.each(['tls', 'rpc', 'nbss', 'kerberos', 'bgp'])('%s', (protocol) => {
  test('survives any payload', () => {
    const cases = casesOf(protocol)
    fc.assert(
      fc.property(fc.nat(cases.length - 1), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), (which, changes) => {
        const frames = (cases[which] ?? []).map((frame) => frame.slice())
        for (const [place, value] of changes) {
          const frame = frames[place % frames.length]
          if (frame && frame.length > HEADERS) frame[HEADERS + (place % (frame.length - HEADERS))] = value
        }
        const rows = dissectAll(frames).flatMap((packet) => packet.rows('frame'))
        expect(rows.length).toBeGreaterThan(0)
        expect(rows.filter((row) => row.includes('Dissector bug'))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
