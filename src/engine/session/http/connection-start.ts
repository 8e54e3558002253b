// What a TCP connection carries, by the bytes that a side begins with: TLS, HTTP/1.x or HTTP/2.
import { u16be } from '../../bytes/integers'
import { HTTP2_PREFACE } from '../../values/http2'

/** What a side's beginning says; 'more' where it may still become HTTP or TLS, undefined where it can be neither. */
export type Start = 'tls' | 'request' | 'response' | 'http2-client' | 'http2-server' | 'more' | undefined

/** Bytes that are looked at. */
export const START_LENGTH = 64

/** A request line: a target as requests have it (RFC 9112, 3.2), or whatever stands between a method and HTTP's version. */
const REQUEST = /^(?:[A-Z]{3,20} (?:\/|\*|https?:\/\/)|CONNECT \S|[!#-'*+.^-z|~\w-]{1,30} [^\r\n]*HTTP\/1\.\d\r?\n)/
const RESPONSE = /^HTTP\/1\.\d \d{3}/
/** What is too short for either. */
const BEGUN = /^(?:[A-Z]{1,20} ?|[A-Z]{3,20} (?:h|ht|htt|https?|https?:|https?:\/)|HTTP\/[\d.]{0,3} ?\d{0,2})$/
/** A SETTINGS frame of a few parameters, the first of which has a small number. */
const FIRST_SETTINGS = /^\0\0[\x06-\x3c]\x04\0\0\0\0\0\0[\x01-\x10]/

/** Tells what a side begins with. Empty lines before a request are skipped (RFC 9112, 2.2). */
export function startOf(bytes: Uint8Array): Start {
  const [first = 0] = bytes
  if (first >= 20 && first <= 23) return bytes.length < 2 ? 'more' : bytes[1] === 3 ? 'tls' : undefined
  const text = String.fromCharCode(...bytes.subarray(0, START_LENGTH)).replace(/^[\r\n]+/, '')
  if (text === '' || (text.length < 16 && HTTP2_PREFACE.startsWith(text))) return 'more'
  if (text.startsWith(HTTP2_PREFACE.slice(0, 16))) return 'http2-client'
  // a server may send its SETTINGS before it has seen the client's preface (RFC 9113, 3.4)
  if (FIRST_SETTINGS.test(text)) return 'http2-server'
  if (RESPONSE.test(text)) return 'response'
  if (REQUEST.test(text)) return 'request'
  return BEGUN.test(text) ? 'more' : undefined
}

/** Whether bytes in the middle of a connection begin TLS (after STARTTLS, or in a proxy's tunnel): a record with the beginning of a ClientHello. */
export function isClientHello(bytes: Uint8Array): boolean {
  if (bytes[0] !== 22 || bytes[1] !== 3 || bytes[5] !== 1 || bytes.length < 11) return false
  const record = u16be(bytes, 3),
    message = ((bytes[6] ?? 0) << 16) | u16be(bytes, 7)
  return record >= 42 && record <= 0x4000 && message >= 38 && message < 0x10000 && bytes[9] === 3
}
