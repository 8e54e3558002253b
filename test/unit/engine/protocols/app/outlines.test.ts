// Protocols of which only the outline is known: their bytes have a name, and messages that span segments are put together.
import { describe, expect, test } from 'vitest'
import { octets, tcpConnection, udpFrame } from '../../../../support/conversations'
import { dissectAll } from '../../../../support/dissect'

const TCP = 'eth:ethertype:ip:tcp',
  UDP = 'eth:ethertype:ip:udp'
const chains = (frames: readonly Uint8Array[]) => dissectAll(frames).map(({ chain }) => chain)
const withData = (frames: readonly Uint8Array[]) => dissectAll(frames).filter((seen) => seen.values('tcp.payload').length > 0)

describe('outlines', () => {
  test('a message of stated length is put together', () => {
    const [first, second] = withData(
      tcpConnection(40000, 389, [
        ['client', octets('\x30\x0a\x02\x01')],
        ['client', octets('\x01\x60\x05\x02\x01\x03\x04\x00')],
      ]),
    )
    expect(first?.chain).toBe(TCP)
    expect(second?.chain).toBe(`${TCP}:ldap`)
    expect(second?.values('tcp.reassembled.length')).toEqual(['12'])
  })

  test('an answer that the end of the stream ends is one message', () => {
    const seen = dissectAll(
      tcpConnection(40000, 43, [
        ['client', 'example.org\r\n'],
        ['server', 'domain: EXAMPLE\r\n'],
        ['server', 'status: ACTIVE\r\n'],
      ]),
    )
    expect(seen.map(({ chain }) => chain).filter((chain) => chain !== TCP)).toEqual([`${TCP}:whois`, `${TCP}:whois`])
    expect(seen.flatMap((packet) => packet.values('tcp.reassembled.length'))).toEqual(['33'])
  })

  test('TLS on the port of another protocol is TLS', () => {
    const hello = octets('\x16\x03\x01\x00\x04\x0e\x00\x00\x00')
    expect(withData(tcpConnection(40000, 5432, [['client', hello]]))[0]?.chain).toBe(`${TCP}:tls`)
  })

  test('what only uses the port is data', () => {
    expect(withData(tcpConnection(40000, 389, [['client', 'no directory here']]))[0]?.chain).toBe(`${TCP}:data`)
    expect(chains([udpFrame(40000, 3478, octets('no stun message here!'))])).toEqual([`${UDP}:data`])
  })

  test('STUN is known by its cookie on any port', () => {
    const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), Buffer.alloc(12)])
    expect(chains([udpFrame(40000, 41000, request)])).toEqual([`${UDP}:stun`])
  })

  test('what follows the last part of an LLDP frame is a trailer', () => {
    const frame = Buffer.from('0180c200000e00112233445588cc0202074106020078000000aabb', 'hex')
    const [seen] = dissectAll([frame])
    expect(seen?.chain).toBe('eth:ethertype:lldp')
    expect(seen?.values('eth.trailer')).toHaveLength(1)
  })
})
