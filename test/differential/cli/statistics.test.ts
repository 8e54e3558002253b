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
    for (const request of REQUESTS) {
      const ours = await commandLine('-n', '-q', '-r', file, '-z', request)
      expect(ours.status, request).toBe(0)
      expect(ours.stdout, request).toBe(tshark(['-n', '-q', '-r', file, '-z', request]).stdout)
    }
  })
})
