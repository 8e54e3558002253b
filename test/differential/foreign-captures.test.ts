// What captures of others showed to differ from tshark, rebuilt here in a few packets: the end of a mail, names of a DNS message that run through it again
// and again, peers that an NTP server tells of.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bothPrograms } from '../support/both-programs'
import { tcpConnection, udpFrame } from '../support/conversations'
import type { Turn } from '../support/conversations'
import { NO_TSHARK, tsharkVersion } from '../support/tshark'

const MAIL_ENDS = ['a\r\n.\r\n', 'a\r\n\r\n.\r\n', '\r\n.\r\n', 'a\n\r\n.\r\n', '\r\n\r\n.\r\nQUIT\r\n']
const MAIL_STARTS = [[], ['Subject: x\r\n\r\nbody'], ['Subject: x\r\n\r\n', 'more\r\n\r\n']]

/** A response whose one question begins with labels that later ones point back into: `turns` times through `run` labels, then on to the end. */
function repeatingName(run: number, turns: number): Uint8Array {
  const labels = Array.from({ length: run }, () => [1, 97]).flat(),
    start = 12 + 2,
    chain: number[] = []
  // the first name is one pointer to the last of the pointers below; each goes to labels that end in the pointer before it
  const blocks = Array.from({ length: turns }, (_, i) => [...labels, ...(i === 0 ? [0] : [0xc0, start + (i - 1) * (2 * run + 2)])])
  for (const block of blocks) chain.push(...block, ...(block.at(-1) === 0 && block.length % 2 ? [0] : []))
  const last = start + (turns - 1) * (2 * run + 2)
  return Uint8Array.from([0, 1, 0x81, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0 | (last >> 8), last & 255, ...chain, 0, 1, 0, 1])
}

describe.skipIf(tsharkVersion === undefined)(`as in captures of others: as tshark (${tsharkVersion ?? NO_TSHARK})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-foreign-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const compare = (title: string, frames: readonly Uint8Array[], prefixes: readonly string[], linkType = 1) => {
    const { theirs, ours } = bothPrograms(path.join(folder, `${title}.pcap`), frames, prefixes, linkType)
    expect(ours).toEqual(theirs)
  }

  test('an empty line in front of the dot ends a mail and is no part of it', () => {
    const frames = MAIL_STARTS.flatMap((parts, i) =>
      MAIL_ENDS.flatMap((end, k) => {
        const sent = [...parts, end].map((text): Turn => ['client', text])
        return tcpConnection(20_000 + 10 * i + k, 25, [['client', 'DATA\r\n'], ['server', '354 go\r\n'], ...sent, ['server', '250 ok\r\n']])
      }),
    )
    compare('mail', frames, ['smtp'])
  })

  test('a name that goes through its message more than once is too long, not a loop', () => {
    compare('names', [udpFrame(53, 40_000, repeatingName(20, 8)), udpFrame(53, 40_000, repeatingName(3, 4))], ['dns'])
  })

  test('the list of an NTP server’s peers, with and without addresses of version 6', () => {
    const message = (size: number) =>
      Buffer.concat([Buffer.from([0x97, 0, 3, 1, 0, 1, 0, size]), Buffer.from(Array.from({ length: size }, (_, i) => i + 1))])
    compare(
      'peers',
      [72, 32].map((size) => udpFrame(123, 40_000, message(size))),
      ['ntp.priv', 'ntp.flags'],
    )
  })

  test('radiotap: words of presence in no namespace, and data rates by MCS', () => {
    const header = (words: readonly number[], fields: readonly number[]) => {
        const bytes = Buffer.alloc(4 + 4 * words.length)
        bytes.writeUInt16LE(bytes.length + fields.length, 2)
        words.forEach((word, i) => bytes.writeUInt32LE(word, 4 + 4 * i))
        return Buffer.concat([bytes, Buffer.from(fields), Buffer.from('d400000002000000000a', 'hex')])
      },
      rates = [0, 7, 15, 32].flatMap((index) => [0, 1, 4, 5].map((flags) => header([1 << 19], [7, flags, index])))
    compare(
      'radiotap',
      [
        header([0x8000_0020, 0x1077_01f7], [0xd8, 1, 2, 3]),
        header([0xa000_0020, 0x820], [0xd8, 0xd0, 1]),
        ...rates,
        header([1 << 19], [6, 0, 1]),
      ],
      ['radiotap', 'wlan.ra', 'wlan.fc'],
      127,
    )
  })

  test('EAP in RADIUS, whole and in pieces', () => {
    const eap = Buffer.from('02010010016162636465666768696a6b', 'hex'),
      attribute = (type: number, value: Uint8Array) => Buffer.concat([Buffer.from([type, value.length + 2]), value]),
      message = (...list: readonly Buffer[]) => {
        const bytes = Buffer.concat([Buffer.from([1, 1, 0, 0]), Buffer.alloc(16), ...list])
        bytes.writeUInt16BE(bytes.length, 2)
        return udpFrame(40_000, 1812, bytes)
      },
      user = attribute(1, Buffer.from('user'))
    compare(
      'radius',
      [message(user, attribute(79, eap), user), message(attribute(79, eap.subarray(0, 8)), attribute(79, eap.subarray(8))), message(user)],
      ['eap', 'udp', 'data'],
    )
  })
})
