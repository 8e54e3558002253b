// Captures of HTTP/1.x made in the test: one connection for each exchange, every message in a segment of its own.
import { segmentCapture } from './tcp-segments'
import type { BuiltSegment } from './tcp-segments'

/** A capture in which a client asks for targets, byte by byte as they are given (Latin-1); the nth is answered with `body n`. */
export function httpCapture(targets: readonly string[]): Uint8Array {
  const segments: BuiltSegment[] = []
  targets.forEach((target, nth) => {
    const request = `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`,
      body = `body ${nth}`,
      common = { port: 20_000 + nth, serverPort: 80, time: nth * 1000 }
    segments.push(
      { ...common, sequence: 1, acknowledgment: 1, flags: 0x18, payload: request },
      {
        ...common,
        fromServer: true,
        sequence: 1,
        acknowledgment: 1 + request.length,
        flags: 0x18,
        payload: `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      },
    )
  })
  return segmentCapture(segments)
}
