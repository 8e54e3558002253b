// JA3 (MD5 over what a client offers, in its order) and JA4 (its successor, which sorts), as their authors publish them. GREASE values do not count.
import { encodeUtf8 } from '../../bytes/utf8'
import { u16be } from '../../bytes/integers'
import { hex } from '../../bytes/text'
import type { Ciphers } from '../../dissect/ciphers'
import { EXTENSION, alpnNames, extensionData } from '../../protocols/app/tls/keys/hello'
import type { Hello } from '../../protocols/app/tls/keys/hello'
import { isGrease } from '../../values/tls'

/** JA3 of a client's hello. */
export function ja3(ciphers: Ciphers, hello: Hello): string {
  const groups = numbers(extensionData(hello, EXTENSION.groups), 2),
    formats = extensionData(hello, EXTENSION.pointFormats)?.subarray(1) ?? []
  const text = [
    String(hello.version),
    known(hello.suites).join('-'),
    known(hello.extensions.map(({ type }) => type)).join('-'),
    known(groups).join('-'),
    Array.from(formats).join('-'),
  ].join(',')
  return hex(ciphers.hash('md5', encodeUtf8(text)))
}

/** JA4 of a client's hello, over TCP or (DTLS) datagrams. */
export function ja4(ciphers: Ciphers, hello: Hello, isDatagram = false): string {
  const suites = known(hello.suites),
    extensions = known(hello.extensions.map(({ type }) => type)),
    versions = known(numbers(extensionData(hello, EXTENSION.versions), 1)),
    version = versions.length ? Math.max(...versions) : hello.version,
    alpn = alpnNames(extensionData(hello, EXTENSION.alpn))[0] ?? '',
    hashed = (text: string) => (text ? hex(ciphers.hash('sha256', encodeUtf8(text))).slice(0, 12) : '000000000000')
  const names: Readonly<Record<number, string>> = isDatagram
    ? { 0x0304: 'd3', 0x0303: 'd2', 0x0302: 'd1' }
    : { 0x0304: '13', 0x0303: '12', 0x0302: '11', 0x0301: '10', 0x0300: 's3', 0x0002: 's2' }
  const ends = alpn === '' ? '00' : /^[0-9a-z].*[0-9a-z]$|^[0-9a-z]$/i.test(alpn) ? alpn.slice(0, 1) + alpn.slice(-1) : hexEnds(alpn)
  const kept = extensions.filter((type) => type !== EXTENSION.serverName && type !== EXTENSION.alpn),
    signatures = known(numbers(extensionData(hello, EXTENSION.signatures), 2)).map(four)
  return [
    `${isDatagram ? 'd' : 't'}${names[version] ?? '00'}${extensions.includes(EXTENSION.serverName) ? 'd' : 'i'}${two(suites.length)}${two(extensions.length)}${ends}`,
    hashed(suites.map(four).sort().join(',')),
    hashed(kept.map(four).sort().join(',') + (signatures.length ? `_${signatures.join(',')}` : '')),
  ].join('_')
}

function known(values: readonly number[]): number[] {
  return values.filter((value) => !isGrease(value))
}

/** 16-bit numbers behind a list's length of `skip` bytes. */
function numbers(data: Uint8Array | undefined, skip: number): number[] {
  const values: number[] = []
  for (let at = skip; data && at + 2 <= data.length; at += 2) values.push(u16be(data, at))
  return values
}

function four(value: number): string {
  return value.toString(16).padStart(4, '0')
}
function two(count: number): string {
  return String(Math.min(99, count)).padStart(2, '0')
}
function hexEnds(alpn: string): string {
  const first = alpn.charCodeAt(0).toString(16).padStart(2, '0'),
    last = alpn
      .charCodeAt(alpn.length - 1)
      .toString(16)
      .padStart(2, '0')
  return first.slice(0, 1) + last.slice(-1)
}
