// Writes a capture of one long TCP connection.
//   node scripts/bench/long-connection.mjs OUT.pcap bulk|turns SEGMENTS [BYTES]
// bulk: an HTTP answer of so many segments of so many bytes (500 unless told), each second one acknowledged, one in a thousand sent again; what the server
// had left to send waits with its FIN. turns: both sides send small messages in turn and every fourth is lost and repeated, so that hardly anything folds.
import { closeSync, openSync, writeSync } from 'node:fs'

const FLAGS = { fin: 1, syn: 2, push: 8, ack: 16 }
const OPTIONS = Buffer.from('020401f40101040201030307', 'hex')
const BLOCK = 4 << 20

class CaptureWriter {
  constructor(file) {
    this.file = openSync(file, 'w')
    this.block = Buffer.alloc(BLOCK)
    this.block.writeUInt32LE(0xa1b2c3d4, 0)
    this.block.writeUInt16LE(2, 4)
    this.block.writeUInt16LE(4, 6)
    this.block.writeUInt32LE(262_144, 16)
    this.block.writeUInt32LE(1, 20)
    this.at = 24
    this.micros = 1_700_000_000_000_000
    this.packets = 0
  }

  /** Both sides as {address, port, next: their next sequence number}; `sequence` other than that repeats, or jumps. */
  segment(from, to, flags, payload, wait, sequence = from.next) {
    this.micros += wait
    this.packets++
    const options = (flags & FLAGS.syn) !== 0 ? OPTIONS : Buffer.alloc(0)
    const tcp = 20 + options.length + payload.length
    const size = 34 + tcp
    if (this.at + 16 + size > BLOCK) this.flush()
    const b = this.block.subarray(this.at, this.at + 16 + size).fill(0)
    b.writeUInt32LE(Math.floor(this.micros / 1e6), 0)
    b.writeUInt32LE(this.micros % 1e6, 4)
    b.writeUInt32LE(size, 8)
    b.writeUInt32LE(size, 12)
    b[21] = to.port & 255
    b[27] = from.port & 255
    b.writeUInt16BE(0x0800, 28)
    b[30] = 0x45
    b.writeUInt16BE(20 + tcp, 32)
    b.writeUInt16BE(this.packets & 0xffff, 34)
    b[38] = 64
    b[39] = 6
    b.writeUInt32BE(from.address, 42)
    b.writeUInt32BE(to.address, 46)
    b.writeUInt16BE(from.port, 50)
    b.writeUInt16BE(to.port, 52)
    b.writeUInt32BE(sequence >>> 0, 54)
    if ((flags & FLAGS.ack) !== 0) b.writeUInt32BE(to.next >>> 0, 58)
    b[62] = (20 + options.length) << 2
    b[63] = flags
    b.writeUInt16BE(0xffff, 64)
    options.copy(b, 70)
    payload.copy(b, 70 + options.length)
    this.at += 16 + size
    if (sequence === from.next) from.next += payload.length + ((flags & (FLAGS.syn | FLAGS.fin)) === 0 ? 0 : 1)
  }

  flush() {
    writeSync(this.file, this.block, 0, this.at)
    this.at = 0
  }

  close() {
    this.flush()
    closeSync(this.file)
  }
}

/** Writes the capture; returns the number of its packets. */
export function writeLongConnection(file, kind, segments, bytes) {
  const writer = new CaptureWriter(file)
  const client = { address: 0x0a00_0001, port: 40_001, next: 4_000_000_000 }
  const server = { address: 0x0a00_0002, port: kind === 'bulk' ? 80 : 5000, next: 1_000_000 }
  const none = Buffer.alloc(0)
  writer.segment(client, server, FLAGS.syn, none, 0)
  writer.segment(server, client, FLAGS.syn | FLAGS.ack, none, 900)
  writer.segment(client, server, FLAGS.ack, none, 50)
  if (kind === 'bulk') bulk(writer, client, server, segments, bytes)
  else turns(writer, client, server, segments)
  writer.segment(client, server, FLAGS.fin | FLAGS.ack, none, 100)
  if (kind !== 'bulk') writer.segment(server, client, FLAGS.fin | FLAGS.ack, none, 900)
  writer.segment(server, client, FLAGS.ack, none, 900)
  writer.close()
  return writer.packets
}

function bulk(writer, client, server, segments, bytes) {
  const { ack, push, fin } = FLAGS
  writer.segment(client, server, push | ack, Buffer.from('GET /long HTTP/1.1\r\nHost: example.com\r\n\r\n'), 10)
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${segments * bytes}\r\n\r\n`
  writer.segment(server, client, push | ack, Buffer.from(head), 1000)
  for (let index = 0; index < segments; index++) {
    const text = `segment ${index} `
    const payload = Buffer.alloc(bytes, text)
    const last = index === segments - 1
    const sequence = server.next
    writer.segment(server, client, last ? push | ack | fin : ack, payload, 8)
    if (index % 1000 === 999 && !last) writer.segment(server, client, ack, payload, 300, sequence)
    if (index % 2 === 1) writer.segment(client, server, ack, Buffer.alloc(0), 20)
  }
}

function turns(writer, client, server, segments) {
  const { ack, push } = FLAGS
  for (let index = 0; index < segments; index++) {
    const [from, to] = index % 2 === 0 ? [client, server] : [server, client]
    const payload = Buffer.from(`message ${index} ${'.'.repeat(index % 60)}\n`)
    const sequence = from.next
    writer.segment(from, to, push | ack, payload, 500 + (index % 7) * 40)
    if (index % 4 === 3) writer.segment(from, to, push | ack, payload, 220_000, sequence)
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , out, kind, segments, bytes = '500'] = process.argv
  if (out === undefined || (kind !== 'bulk' && kind !== 'turns') || !(Number(segments) > 0)) {
    console.error('usage: node scripts/bench/long-connection.mjs OUT.pcap bulk|turns SEGMENTS [BYTES]')
    process.exit(1)
  }
  console.log(`${writeLongConnection(out, kind, Number(segments), Number(bytes))} packets`)
}
