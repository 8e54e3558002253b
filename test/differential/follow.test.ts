// -z follow and -z conv against tshark's own output, on captures of the corpus.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandLine } from '../support/command-line'
import { corpusFolder } from '../support/corpus'
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'

const CAPTURES = [
  'tcp/ndpi__ocsp.pcapng',
  'tcp/sanders__tcp_retransmissions.pcapng',
  'tcp/zeek__reassembly.pcap',
  'tcp/zeek__tcp-fast-open.pcap',
  'tcp/tcptrace__first_seg_ooo.dmp.gz',
  'tcp/tcptrace__dsack.dmp.gz',
  'tcp/suricata__split-handshake-4whs.pcap',
  'tcp/wireshark__tcp-badsegments.pcap',
  'tcp/ptcpdump__tfo.pcap',
  'tcp/tcptrace__hardware_dups.dmp.gz',
  'http1/arkime__http-content-gzip.pcap',
  'http1/ndpi__http_ua_splitted_in_two_pkts.pcapng',
  'http1/suricata__http-brotli-ce_input.pcap',
  'http1/zeek__get-gzip.pcap',
  'http1/zeek__methods.pcap',
  'mail-ftp-telnet/bruteshark__Telnet.pcapng',
  'mail-ftp-telnet/ndpi__ftp.pcap',
  'mail-ftp-telnet/ndpi__pop3.pcap',
  'mail-ftp-telnet/wswiki__smtp.pcap',
  'mail-ftp-telnet/zeek__ipv6-multiline-reply.pcap',
]
/** Captures with HTTP, and their streams that are followed. */
const HTTP: readonly (readonly [name: string, streams: readonly number[]])[] = [
  ['http1/arkime__http-content-gzip.pcap', [0, 1]],
  // what belongs to no message, and binary content that is not looked into
  ['http1/bruteshark__HTTP_-_NTLM.pcapng', [0, 3]],
  ['http1/ndpi__http_ua_splitted_in_two_pkts.pcapng', [0, 1]],
  // a body that unfolds to nothing
  ['http1/pcapplusplus__http-packets2.pcap', [1]],
  ['http1/suricata__detect-pcre-03_input.pcap', [0]],
  ['http1/suricata__http-brotli-ce_input.pcap', [0, 1]],
  ['http1/suricata__http-event-chunk_input.pcap', [0, 1]],
  ['http1/wswiki__client-grpc-web-text-http1-send-two-unary.pcapng', [0, 1]],
  ['http1/zeek__get-gzip.pcap', [0, 1]],
  // a first line that is none: text is taken, binary bytes are not
  ['http1/zeek__methods.pcap', [0, 1, 2, 10]],
  ['http1/zeek__variant-04-te_cl_desync.pcap', [0]],
  ['http1/zeek__variant-08-leading_zeros.pcap', [0, 1]],
  ['mail-ftp-telnet/ndpi__pop3.pcap', [0]],
]
const missing = tsharkVersion === undefined ? NO_TSHARK : corpusFolder === undefined ? 'the shared corpus is absent' : undefined

/** Expects each request to print what tshark prints. Starting tshark takes most of its time, so one run of it prints them all, the last one first. */
async function expectSame(args: readonly string[], requests: readonly string[]): Promise<void> {
  const ours: string[] = []
  for (const request of requests) ours.unshift((await commandLine(...args, '-q', '-z', request)).stdout)
  expect(ours.join('')).toBe(tshark([...args, '-q', ...requests.flatMap((request) => ['-z', request])]).stdout)
}

describe.skipIf(missing !== undefined)(`follow and conversations${missing === undefined ? '' : `: ${missing}`}`, () => {
  test.each(CAPTURES)('print what tshark prints: %s', { timeout: 60_000 }, async (name) => {
    const file = path.join(corpusFolder ?? '', name)
    expect(existsSync(file)).toBe(true)
    const kinds = ['tcp', 'udp', 'eth', 'ip', 'ipv6']
    const tables = kinds.flatMap((kind) => [`conv,${kind}`, `endpoints,${kind}`])
    await expectSame(['-n', '-r', file], ['follow,tcp,ascii,0', 'follow,tcp,hex,1', 'follow,tcp,raw,0', 'follow,udp,ascii,0', ...tables])
  })

  test.each([
    ['http2/wireshark__http2_follow_multistream.pcapng', ['raw,0,0', 'hex,0,13', 'ascii,0,37', 'ascii,0,99']],
    ['http2/wswiki__http2-h2c.pcap', ['raw,0,0', 'ascii,0,1']],
    ['http2/suricata__dns_over_https_POST.pcap', ['hex,0,15']],
    ['http2/open5gs__5g-roaming-lbo.pcapng', ['ascii,4,9']],
  ])('print streams of HTTP/2: %s', { timeout: 60_000 }, async (name, requests) => {
    const file = path.join(corpusFolder ?? '', name)
    await expectSame(
      ['-n', '-r', file],
      requests.map((request) => `follow,http2,${request}`),
    )
  })

  test.each(HTTP)('messages of HTTP: %s', { timeout: 60_000 }, async (name, streams) => {
    const file = path.join(corpusFolder ?? '', name)
    for (const [index, stream] of streams.entries()) {
      const args = ['-n', '-r', file, '-q', '-z', `follow,http,${['ascii', 'hex', 'raw'][index % 3] ?? ''},${stream}`]
      expect((await commandLine(...args)).stdout).toBe(tshark(args).stdout)
    }
  })
})

const recorded = path.resolve(import.meta.dirname, '../captures')
const TLS: readonly (readonly [file: string, stream: number])[] = [
  ...readdirSync(path.join(recorded, 'tls'))
    .filter((name) => name.endsWith('.pcap'))
    .map((name) => [`tls/${name.slice(0, -5)}`, 0] as const),
  ['tls/tls12-ticket', 1],
  ['tls/tls13-resumed', 1],
  ['journey/client', 8],
  ['journey/client', 9],
  ['journey/client', 0],
]

describe.skipIf(tsharkVersion === undefined)(`follow inside TLS${tsharkVersion === undefined ? `: ${NO_TSHARK}` : ''}`, () => {
  test.each(TLS)('prints what tshark prints: %s, stream %i', { timeout: 60_000 }, async (name, stream) => {
    const file = path.join(recorded, name)
    const forms = ['ascii', 'hex', 'raw'].map((form) => `follow,tls,${form},${stream}`)
    await expectSame(['-n', '-r', `${file}.pcap`, '-o', `tls.keylog_file:${file}.keylog`], forms)
  })
})
