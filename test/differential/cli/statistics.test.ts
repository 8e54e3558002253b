// -z expert, io,phs and endpoints against the installed tshark, line by line.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandLine } from '../../support/command-line'
import { corpusFolder } from '../../support/corpus'
import { NO_TSHARK, tshark, tsharkVersion } from '../../support/tshark'

const FILES = [
  'dns/dsc__dnso1tcp.pcap',
  'formats/ndpi__mpeg.pcap',
  'formats/pcapngtest__difficult_test200.pcapng',
  'formats/wireshark__dns+icmp.pcapng.gz',
  'http1/arkime__http-content-gzip.pcap',
  'http1/arkime__https-connect.pcap',
  'http1/zeek__methods.pcap',
  'ip/markofu__icmp-tracert-slow.pcap',
  'ip/markofu__osfingerprinting.pcap',
  'link/libpcap__rarp_req_reply.pcapng',
  'mail-ftp-telnet/ndpi__pop3.pcap',
  'mgmt/joy__dhcp.pcap',
  'mgmt/wswiki__dhcpv6_1.pcap',
  'tcp/suricata__split-handshake-5whs.pcap',
  'tcp/wswiki__sctp-test.cap',
  'tls/openssl-playground__ssl3.0.cap',
  'tls/wireshark__tls-renegotiation.pcap',
  'websocket/zeek__wstunnel-https.pcap',
]
const REQUESTS = [
  'expert',
  'expert,note',
  'expert,warn,tcp',
  'expert,comment',
  'io,stat,0.25,,tcp,udp&&ip',
  'io,stat,0.5,SUM(tcp.len)tcp.len,MAX(frame.len)frame.len,AVG(frame.len)frame.len,COUNT(ip.ttl)ip.ttl,FRAMES()tcp,BYTES()udp',
  'io,stat,2.5,SUM(tcp.time_delta)tcp.time_delta,MIN(tcp.time_delta)tcp.time_delta,AVG(tcp.time_delta)tcp.time_delta',
  'io,phs',
  'io,phs,tcp',
  'io,phs,frame.number > 3',
  'endpoints,eth',
  'endpoints,ip',
  'endpoints,ipv6',
  'endpoints,tcp',
  'endpoints,udp',
  'endpoints,ip,tcp',
]
const reason = tsharkVersion === undefined ? NO_TSHARK : corpusFolder === undefined ? '../shared/corpus is absent' : ''

describe.skipIf(reason !== '')(`statistics as tshark prints them ${reason && `(skipped: ${reason})`}`, () => {
  test.each(FILES)('%s', async (name) => {
    const file = path.join(corpusFolder ?? '', name)
    // a capture of ten months has a hundred million quarters of a second
    const requests = REQUESTS.filter((request) => !(request.startsWith('io,stat') && name.endsWith('ndpi__pop3.pcap')))
    const ours = new Map<string, string>()
    for (const request of requests) {
      const { status, stdout } = await commandLine('-n', '-q', '-r', file, '-z', request)
      expect(status, request).toBe(0)
      ours.set(request, stdout)
    }
    // Starting tshark takes most of its time, so one run prints many, the last one first; hierarchies and expert items would show what the others' filters had dissected.
    const together = requests.filter((request) => /^(io,stat|endpoints)/.test(request))
    for (const batch of [together, ...requests.filter((request) => !together.includes(request)).map((request) => [request])]) {
      const theirs = tshark(['-n', '-q', '-r', file, ...batch.flatMap((request) => ['-z', request])]).stdout
      expect(
        batch
          .map((request) => ours.get(request))
          .reverse()
          .join(''),
        batch.join(' '),
      ).toBe(theirs)
    }
  })
})

describe.skipIf(tsharkVersion === undefined)(`packets over time ${tsharkVersion === undefined ? `(skipped: ${NO_TSHARK})` : ''}`, () => {
  // whole seconds, and an interval that is longer than the capture
  test.each([
    'io,stat,1',
    'io,stat,2,,arp',
    'io,stat,0',
    'io,stat,100,dns',
    'io,stat,2,LOAD(dns.time)dns.time',
    'io,stat,5.24,MAX(dns.time)dns.time',
  ])('%s', async (request) => {
    const file = path.join(import.meta.dirname, '../../captures/journey/client.pcap')
    const ours = await commandLine('-n', '-q', '-r', file, '-z', request)
    expect(ours.stdout).toBe(tshark(['-n', '-q', '-r', file, '-z', request]).stdout)
  })

  test.each(['io,stat,x', 'io,stat,1,arp,', 'io,stat,1,SUM(foo)foo', 'io,stat,1,SUM(ip.src)ip.src'])('%s is refused', async (request) => {
    expect(await commandLine('-r', 'none.pcap', '-z', request)).toMatchObject({ status: 1, stdout: '' })
  })
})
