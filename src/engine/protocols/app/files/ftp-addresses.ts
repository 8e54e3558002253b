// Addresses and ports in FTP's commands and replies: PORT and 227 (RFC 959), EPRT and 229 (RFC 2428).
import type { Decoder } from '../../../dissect/define'

/** An address of six numbers (PORT, 227): four bytes of address, and the port. */
export interface HostPort {
  readonly address: Uint8Array
  readonly port: number
  /** Where address and port stand in the payload. */
  readonly start: number
  readonly portStart: number
  readonly end: number
}

/** Six numbers with commas between them. They are taken modulo 256, as Wireshark does. */
export function hostPort(d: Decoder, start: number, end: number): HostPort | undefined {
  const match = /(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)/.exec(d.latin1(start, end))
  if (!match) return undefined
  const at = start + match.index,
    numbers = match.slice(1).map(Number),
    [a = 0, b = 0, c = 0, e = 0, high = 0, low = 0] = numbers
  const address = new Uint8Array([a, b, c, e]),
    addressLength = match.slice(1, 5).join(',').length
  return { address, port: (high % 256) * 256 + (low % 256), start: at, portStart: at + addressLength + 1, end: at + match[0].length }
}

/** An argument of EPRT: |family|address|port| with any delimiter. */
export interface ExtendedAddress {
  readonly family: number
  readonly address: string
  readonly port: number
  /** Offsets in the payload. */
  readonly familyStart: number
  readonly addressStart: number
  readonly portStart: number
  readonly end: number
}

/** The argument of EPRT, or undefined when it has another form. */
export function extendedAddress(d: Decoder, start: number, end: number): ExtendedAddress | undefined {
  const match = /^([\x21-\x7e])([12])\1([0-9A-Fa-f:.]+)\1(\d+)\1/.exec(d.latin1(start, end)),
    [, , family = '', address = '', port = ''] = match ?? []
  if (!match || Number(port) > 65_535 || Number(port) === 0) return undefined
  const portStart = start + 4 + address.length + 1
  return {
    family: Number(family),
    address,
    port: Number(port),
    familyStart: start + 1,
    addressStart: start + 3,
    portStart: start + 3 + address.length + 1,
    end: portStart + port.length - 1,
  }
}

/** Port in a 229 reply: (|||port|) with any delimiter; undefined when it has another form. */
export function extendedPort(d: Decoder, start: number, end: number): { port: number; start: number; end: number } | undefined {
  const match = /\((.)\1\1(\d+)\1|\((.)(\d+)\3/.exec(d.latin1(start, end)),
    digits = match?.[2] ?? match?.[4]
  if (!match || digits === undefined) return undefined
  const port = Number(digits),
    at = start + match.index + (match[2] === undefined ? 2 : 4)
  return port > 0 && port <= 65_535 ? { port, start: at, end: at + digits.length } : undefined
}

/** Bytes of an address in text form; undefined when it is none. */
export function addressBytes(text: string): Uint8Array | undefined {
  if (!text.includes(':')) {
    const parts = text.split('.').map(Number)
    return parts.length === 4 && parts.every((part) => part >= 0 && part < 256) ? new Uint8Array(parts) : undefined
  }
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return undefined
  const groups = (part: string | undefined) => (part ? part.split(':') : []),
    before = groups(head),
    after = groups(tail),
    missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  if (!all.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined
  return new Uint8Array(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}
