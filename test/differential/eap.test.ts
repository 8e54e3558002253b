// EAP and EAPOL-Key frames against tshark, field by field: methods, TLS in fragments, repetitions, key handshakes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { eapFrame, eapolFrame, helloRecord, keyFrame, tlsPart } from '../support/eap-packets'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const HELLO = helloRecord(Array.from({ length: 100 }, (_, i) => 0xc000 + i)),
  SHORT_HELLO = helloRecord([0x1301]),
  RSN = Buffer.from('30140100000fac040100000fac040100000fac020000', 'hex'),
  PMKID = Buffer.from('dd14000fac04592da88096c461da246c69001e877f3d', 'hex'),
  WPA = Buffer.from('dd160050f20101000050f20201000050f20201000050f202', 'hex')
const parts = (flags: number, firstId: number, size: number) =>
  Array.from({ length: Math.ceil(HELLO.length / size) }, (_, i) => {
    const part = HELLO.subarray(i * size, (i + 1) * size),
      more = (i + 1) * size < HELLO.length ? 0x40 : 0
    return [
      eapFrame(2, firstId + i, 13, i === 0 ? tlsPart(flags | more | 0x80, part, HELLO.length) : tlsPart(flags | more, part)),
      ...(more ? [eapFrame(1, firstId + i + 1, 13, tlsPart(0, Buffer.alloc(0)))] : []),
    ]
  }).flat()

const CASES: readonly (readonly [title: string, frames: readonly Uint8Array[]])[] = [
  [
    'identities, notifications, refusals, challenges, results',
    [
      eapolFrame('station', 1, Buffer.alloc(0)),
      eapFrame(1, 1, 1, ''),
      eapFrame(1, 1, 1, 'networkid=x'),
      eapFrame(2, 1, 1, 'user@example'),
      eapFrame(1, 2, 2, 'hello'),
      eapFrame(1, 3, 4, Buffer.from('0401020304736572766572', 'hex')),
      eapFrame(2, 3, 3, Buffer.from([13, 25])),
      eapFrame(1, 4, 6, 'token'),
      eapolFrame('authenticator', 0, Buffer.from([3, 4, 0, 4])),
      eapolFrame('authenticator', 0, Buffer.from([4, 5, 0, 4])),
      eapolFrame('station', 2, Buffer.alloc(0)),
    ],
  ],
  [
    'TLS in one packet, in fragments, and again after a new identity',
    [
      eapFrame(1, 7, 1, ''),
      eapFrame(1, 8, 13, tlsPart(0x20, Buffer.alloc(0))),
      eapFrame(2, 8, 13, tlsPart(0, SHORT_HELLO)),
      eapFrame(1, 20, 1, ''),
      eapFrame(1, 21, 13, tlsPart(0x20, Buffer.alloc(0))),
      ...parts(0, 21, 60),
      eapFrame(1, 40, 1, ''),
      eapFrame(2, 41, 13, tlsPart(0x80, SHORT_HELLO, SHORT_HELLO.length)),
    ],
  ],
  ['fragments that come twice', parts(0, 50, 100).flatMap((frame) => [frame, frame])],
  [
    'methods with a version in their flags',
    [21, 25, 43, 55].flatMap((type, i) => [
      eapFrame(1, i * 10, type, tlsPart(0x21, Buffer.alloc(0))),
      eapFrame(2, i * 10, type, tlsPart(1, SHORT_HELLO)),
    ]),
  ],
  [
    'messages of key handshakes',
    [
      keyFrame('authenticator', 0x008a, PMKID),
      keyFrame('station', 0x010a, RSN),
      keyFrame('station', 0x030a, RSN),
      keyFrame('authenticator', 0x13ca, Buffer.alloc(56, 5)),
      keyFrame('station', 0x030a, Buffer.alloc(0)),
      keyFrame('authenticator', 0x1382, Buffer.alloc(40, 5)),
      keyFrame('station', 0x0302, Buffer.alloc(0)),
      keyFrame('station', 0x0d0a, Buffer.alloc(0)),
      keyFrame('station', 0x0109, WPA, 254),
      keyFrame('authenticator', 0x01c9, WPA, 254),
      keyFrame('authenticator', 0x03a1, Buffer.alloc(32, 5), 254),
    ],
  ],
  [
    'keys of RC4',
    [
      eapolFrame(
        'authenticator',
        3,
        Buffer.concat([
          Buffer.from('01000d', 'hex'),
          Buffer.alloc(8, 1),
          Buffer.alloc(16, 2),
          Buffer.from([0x83]),
          Buffer.alloc(16, 4),
          Buffer.alloc(13, 6),
        ]),
      ),
      eapolFrame(
        'authenticator',
        3,
        Buffer.concat([Buffer.from('01000d', 'hex'), Buffer.alloc(8, 1), Buffer.alloc(16, 2), Buffer.from([0x03]), Buffer.alloc(16, 4)]),
      ),
      eapolFrame('authenticator', 3, Buffer.from('07010203', 'hex')),
    ],
  ],
]

describe.skipIf(tsharkVersion === undefined)(`EAP: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-eap-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  test.each(CASES)('%s', (title, frames) => {
    const { theirs, ours } = bothPrograms(path.join(folder, `${title.replace(/\W+/g, '-')}.pcap`), frames, [
      'eap',
      'eapol',
      'wlan_rsna_eapol',
      'wlan',
      'tls',
      'frame',
    ])
    expect(ours).toEqual(theirs)
  })
})
