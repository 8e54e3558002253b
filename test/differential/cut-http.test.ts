// HTTP in captures that keep only the first bytes of every packet, against tshark.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { tcpConnection } from '../support/conversations'
import { pcapFile } from '../support/pcap-builder'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const HEADERS = 54
const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const REQUEST = crlf('GET /a HTTP/1.1\nHost: h.example\nX-Long: 0123456789012345678901234567890123456789\n\n'),
  HEAD = crlf('HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 90\n\n')
/** With binary bytes that belong to no message behind the response. */
const frames = (withRequest: boolean) =>
  tcpConnection(40_000, 80, [
    ...(withRequest ? ([['client', REQUEST]] as const) : []),
    ['server', HEAD + 'text '.repeat(18)],
    ['server', '\x01\x02\x03'.repeat(60)],
  ])

describe.skipIf(tsharkVersion === undefined)(`cut packets of HTTP${tsharkVersion === undefined ? `: ${NO_TSHARK}` : ''}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wireglass-cut-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  test.each([
    ['in the heads', HEADERS + 40, true],
    ['behind the head of the response', HEADERS + HEAD.length, true],
    ['in the body', HEADERS + HEAD.length + 7, true],
    ['in the body of a response without request', HEADERS + HEAD.length + 7, false],
  ])('%s', async (title, length, withRequest) => {
    const file = path.join(folder, `${title.replaceAll(' ', '-')}.pcap`)
    writeFileSync(
      file,
      pcapFile(
        frames(withRequest).map((bytes, index) => ({ bytes: bytes.subarray(0, length), originalLength: bytes.length, fraction: index })),
      ),
    )
    const fields = ['frame.number', 'frame.protocols', 'http.request.method', 'http.response.code', 'http.file_data', '_ws.col.Info']
    for (const args of [
      ['-n', '-r', file, '-Y', 'http', '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
      ['-n', '-r', file, '-q', '-z', 'follow,http,ascii,0'],
    ])
      expect((await commandLine(...args)).stdout).toBe(tshark(args).stdout)
  })
})
