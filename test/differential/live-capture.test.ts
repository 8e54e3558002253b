// Live capture against tcpdump: the same traffic of real programs between two network namespaces, captured by both at once.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { openCapture } from '../../src/engine/capture/open'
import { overPipes } from '../../src/node/live/helper-link'
import { helperScript, loopback, startLiveEngine, until } from '../support/live-engine'

const has = (program: string): boolean => spawnSync('which', [program]).status === 0
const possible =
  process.platform === 'linux' && process.getuid?.() === 0 && has('tcpdump') && has('ip') && spawnSync('ip', ['netns', 'list']).status === 0
const skipped = possible ? '' : ' (skipped: root, ip with network namespaces, and tcpdump are needed)'

const ID = String(process.pid % 10_000)
const CLIENT = `wgc${ID}`
const SERVER = `wgs${ID}`
const LINK = `wgv${ID}`
const ADDRESS = '10.213.7.2'

let folder: string
const running: ChildProcess[] = []
const ip = (...words: string[]): void => {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'inherit'] })
}
const inside = (namespace: string, program: string, ...words: string[]): ChildProcess => {
  const child = spawn('ip', ['netns', 'exec', namespace, program, ...words], { stdio: ['pipe', 'pipe', 'pipe'] })
  running.push(child)
  return child
}
const run = (namespace: string, program: string, ...words: string[]): string =>
  spawnSync('ip', ['netns', 'exec', namespace, program, ...words], { encoding: 'utf8', timeout: 20_000 }).stdout

interface Packet {
  readonly hex: string
  readonly nanoseconds: bigint
}

const NO_PACKET: Packet = { hex: '', nanoseconds: 0n }

function packetsOf(path: string): Packet[] {
  const reader = openCapture(memorySource(new Uint8Array(readFileSync(path)), path))
  const packets: Packet[] = []
  while (reader.next() === 'packet') {
    const { buffer, start, capturedLength, seconds, nanoseconds } = reader
    const hex = Buffer.from(buffer.subarray(start, start + capturedLength)).toString('hex')
    packets.push({ hex, nanoseconds: BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds) })
  }
  return packets
}

/** A server of HTTP, TLS and DNS in the server's namespace: real sockets of a real kernel. */
const SERVERS = `
const http = require('node:http'), https = require('node:https'), dgram = require('node:dgram'), fs = require('node:fs')
http.createServer((request, response) => response.end('x'.repeat(20000))).listen(80)
https.createServer({ key: fs.readFileSync(process.argv[1]), cert: fs.readFileSync(process.argv[2]) }, (request, response) => response.end('secret')).listen(443)
const dns = dgram.createSocket('udp4')
dns.on('message', (query, peer) => {
  const question = query.subarray(12, query.indexOf(0, 12) + 5)
  const head = Buffer.from([query[0], query[1], 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0])
  dns.send(Buffer.concat([head, question, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1])]), peer.port, peer.address)
})
dns.bind(53, () => console.log('ready'))
`
const CLIENTS = `
const http = require('node:http'), https = require('node:https'), dns = require('node:dns')
const address = process.argv[1]
const get = (module, url) => new Promise((done, fail) => module.get(url, { rejectUnauthorized: false, agent: false }, (response) => response.resume().on('end', done)).on('error', fail))
void (async () => {
  const resolver = new dns.promises.Resolver()
  resolver.setServers([address])
  await resolver.resolve4('web.example')
  await get(http, 'http://' + address + '/')
  await get(https, 'https://' + address + '/')
  console.log('done')
})()
`
/** SO_TIMESTAMPNS is 35 (asm-generic/socket.h). */
const STAMPS = `
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(socket.SOL_SOCKET, 35, 1)
print('on', flush=True); time.sleep(120)
`
/** One ICMP echo with a payload of its own, for machines without ping. */
const ECHO = `
import socket, struct, sys
def total(b):
    s = sum(struct.unpack('!%dH' % (len(b) // 2), b)); s = (s >> 16) + (s & 65535); return ~(s + (s >> 16)) & 65535
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1); s.settimeout(5)
for i in range(3):
    p = struct.pack('!BBHHH', 8, 0, 0, 7, i) + b'wireglass!'
    s.sendto(p[:2] + struct.pack('!H', total(p)) + p[4:], (sys.argv[1], 0)); s.recv(1000)
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wireglass-veth-'))
  if (!possible) return
  ip('netns', 'add', CLIENT)
  ip('netns', 'add', SERVER)
  ip('link', 'add', LINK, 'netns', CLIENT, 'type', 'veth', 'peer', 'name', LINK, 'netns', SERVER)
  for (const [namespace, address] of [
    [CLIENT, '10.213.7.1/24'],
    [SERVER, `${ADDRESS}/24`],
  ] as const) {
    // Nothing but what the programs send.
    run(namespace, 'sysctl', '-q', '-w', 'net.ipv6.conf.all.disable_ipv6=1')
    run(namespace, 'ip', 'address', 'add', address, 'dev', LINK)
    run(namespace, 'ip', 'link', 'set', LINK, 'up')
  }
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=web.example',
      '-keyout',
      join(folder, 'key'),
      '-out',
      join(folder, 'cert'),
    ],
    { stdio: 'ignore' },
  )
})
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  if (possible) for (const namespace of [CLIENT, SERVER]) spawnSync('ip', ['netns', 'delete', namespace])
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(!possible)(`ARP, ping, DNS, HTTP and TLS over a veth pair${skipped}`, () => {
  it('are captured as tcpdump captures them: the same packets, bytes and times', async () => {
    const theirs = join(folder, 'tcpdump.pcap')
    const ours = join(folder, 'ours.pcapng')
    const servers = inside(SERVER, process.execPath, '-e', SERVERS, join(folder, 'key'), join(folder, 'cert'))
    let ready = ''
    servers.stdout?.on('data', (text) => (ready += String(text)))
    await until('the servers listen', () => ready.includes('ready'))
    // While a socket wants times, the kernel stamps each packet once, for all who listen; else every listener gets the time of its own copy.
    const stamps = inside(CLIENT, 'python3', '-c', STAMPS)
    let stamped = ''
    stamps.stdout?.on('data', (text) => (stamped += String(text)))
    await until('packets are stamped', () => stamped.includes('on'))
    const script = helperScript()
    const engine = startLiveEngine(folder, () => overPipes(inside(CLIENT, process.execPath, script)))
    const request = loopback('')
    const { info } = await engine.client.call('live.start', {
      ...request,
      path: ours,
      backend: 'libpcap',
      interfaces: request.interfaces.map((one) => ({ ...one, name: LINK })),
    })
    const tcpdump = inside(CLIENT, 'tcpdump', '-i', LINK, '-U', '--immediate-mode', '--time-stamp-precision=nano', '-w', theirs)
    let words = ''
    tcpdump.stderr?.on('data', (text) => (words += String(text)))
    await until('tcpdump listens', () => words.includes('listening on'))

    writeFileSync(join(folder, 'echo.py'), ECHO)
    if (has('ping')) run(CLIENT, 'ping', '-c', '3', '-i', '0.2', ADDRESS)
    else run(CLIENT, 'python3', join(folder, 'echo.py'), ADDRESS)
    expect(run(CLIENT, process.execPath, '-e', CLIENTS, ADDRESS)).toContain('done')

    await new Promise((done) => setTimeout(done, 500))
    const ended = await engine.client.call('live.stop', {})
    expect(ended.interfaces[0]?.dropped).toBe(0)
    // `ip netns exec` becomes the program itself, so the signal reaches it.
    tcpdump.kill('SIGINT')
    await new Promise((done) => tcpdump.once('close', done))

    const [mine, other] = [packetsOf(ours), packetsOf(theirs)]
    expect(mine.map(({ hex }) => hex)).toEqual(other.map(({ hex }) => hex))
    const apart = mine.map(({ nanoseconds }, index) => Math.abs(Number(nanoseconds - (other[index]?.nanoseconds ?? 0n))))
    // A TCP segment that comes over a veth pair carries its sender's departure time instead of a stamp, so the kernel stamps it for each listener.
    const client = mine[0]?.hex.slice(12, 24)
    const stampedTwice = ({ hex }: Packet): boolean =>
      hex.slice(12, 24) !== client && hex.slice(24, 28) === '0800' && hex.slice(46, 48) === '06'
    expect(Math.max(...apart.filter((_, index) => !stampedTwice(mine[index] ?? NO_PACKET)))).toBeLessThanOrEqual(1000)
    expect(Math.max(...apart)).toBeLessThan(5_000_000)
    const counted = async (text: string): Promise<number> =>
      (await engine.client.call('filter.apply', { captureId: info.captureId, text })).shown
    await until(
      'all packets are indexed',
      async () => (await engine.client.call('capture.info', { captureId: info.captureId })).packets === mine.length,
    )
    expect(await counted('arp')).toBeGreaterThanOrEqual(2)
    expect(await counted('icmp')).toBe(6)
    expect(await counted('dns')).toBe(2)
    expect(await counted('http')).toBe(2)
    expect(await counted('tls.handshake')).toBeGreaterThanOrEqual(2)
  })
})
