// Ethernet frames of UDP datagrams and whole TCP connections over IPv4, made in the test. Addresses are 10.0.0.N.

/** Who sends a part of a connection: the client (10.0.0.1) or the server (10.0.0.2). */
export type Turn = readonly ['client' | 'server', Uint8Array | string]

/** Bytes of text, one byte a character. */
export function octets(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** A UDP datagram. */
export function udpFrame(sourcePort: number, destinationPort: number, payload: Uint8Array, from = '10.0.0.1', to = '10.0.0.2'): Uint8Array {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(sourcePort, 0)
  head.writeUInt16BE(destinationPort, 2)
  head.writeUInt16BE(8 + payload.length, 4)
  return ipv4Frame(17, Buffer.concat([head, payload]), from, to)
}

/** A connection from handshake to FIN, one segment a turn. Texts are one byte a character. */
export function tcpConnection(clientPort: number, serverPort: number, turns: readonly Turn[], close = true): Uint8Array[] {
  const frames: Uint8Array[] = [],
    next = { client: 1000, server: 5000 }
  const send = (who: 'client' | 'server', flags: number, payload: Uint8Array = Buffer.alloc(0)) => {
    const other = who === 'client' ? 'server' : 'client',
      head = Buffer.alloc(20)
    head.writeUInt16BE(who === 'client' ? clientPort : serverPort, 0)
    head.writeUInt16BE(who === 'client' ? serverPort : clientPort, 2)
    head.writeUInt32BE(next[who], 4)
    head.writeUInt32BE(flags & 0x10 ? next[other] : 0, 8)
    head[12] = 0x50
    head[13] = flags
    head.writeUInt16BE(65000, 14)
    frames.push(
      ipv4Frame(6, Buffer.concat([head, payload]), who === 'client' ? '10.0.0.1' : '10.0.0.2', who === 'client' ? '10.0.0.2' : '10.0.0.1'),
    )
    next[who] += payload.length + (flags & 3 ? 1 : 0)
  }
  send('client', 0x02)
  send('server', 0x12)
  send('client', 0x10)
  for (const [who, payload] of turns) send(who, 0x18, typeof payload === 'string' ? octets(payload) : payload)
  if (close) {
    send('server', 0x11)
    send('client', 0x11)
    send('server', 0x10)
  }
  return frames
}

function ipv4Frame(protocol: number, payload: Uint8Array, from: string, to: string): Uint8Array {
  const head = Buffer.from('45000000000140004000' + '0000', 'hex')
  head[9] = protocol
  head.writeUInt16BE(20 + payload.length, 2)
  const addresses = Buffer.from([...from.split('.'), ...to.split('.')].map(Number))
  const header = Buffer.concat([head, addresses])
  let sum = 0
  for (let i = 0; i < 20; i += 2) sum += header.readUInt16BE(i)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  header.writeUInt16BE(~sum & 0xffff, 10)
  return new Uint8Array(Buffer.concat([Buffer.from('0200000000020200000000010800', 'hex'), header, payload]))
}
