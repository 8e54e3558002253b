// Who may talk to the browser host. Any page in any browser can send requests to a loopback port, and a name that resolves to 127.0.0.1 can make
// them look like our own (DNS rebinding); so Host and Origin must be ours, and everything but the page's own files needs the token.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** A new token: 192 random bits, safe in a URL. */
export function createToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Compares in a time that does not depend on where the texts differ. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The names under which the host answers. */
export function allowedHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/** True when the request has exactly one Host header and it is ours. */
export function hostAllowed(request: IncomingMessage, port: number): boolean {
  const values = rawValues(request, 'host')
  return values.length === 1 && allowedHosts(port).includes(values[0] ?? '')
}

/** 'ours', 'none' when there is no Origin header, 'foreign' for any other value or more than one. */
export function originOf(request: IncomingMessage, port: number): 'ours' | 'none' | 'foreign' {
  const values = rawValues(request, 'origin')
  if (values.length === 0) return 'none'
  return values.length === 1 && allowedHosts(port).some((host) => values[0] === `http://${host}`) ? 'ours' : 'foreign'
}

/** Header values as they came; node:http keeps only the first of repeated Host headers. */
function rawValues(request: IncomingMessage, name: string): string[] {
  return request.rawHeaders.filter((_value, index) => index % 2 === 1 && request.rawHeaders[index - 1]?.toLowerCase() === name)
}
