// Sends requests exactly as written, which HTTP clients would tidy up.
import { connect } from 'node:net'

/** An answer, taken apart only as far as tests need it. */
export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Opens a connection to 127.0.0.1, writes the lines (CRLF and the empty line are added) and reads until the server closes. */
export function rawRequest(port: number, lines: readonly string[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')))
    const chunks: Buffer[] = []
    // An accepted upgrade stays open: what has come by then is the answer.
    socket.setTimeout(5000, () => socket.destroy())
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (chunk.toString('latin1').startsWith('HTTP/1.1 101')) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(parse(Buffer.concat(chunks).toString('latin1')))
    })
  })
}

function parse(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...headerLines] = head.split('\r\n')
  const headers = new Map<string, string>()
  for (const line of headerLines) {
    const colon = line.indexOf(':')
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}
