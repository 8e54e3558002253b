// Sends UDP datagrams over the loopback at a bounded rate, from a process of its own. Each begins with its number (32 bits, big-endian).
//   node packet-sender.mjs PORT RATE SECONDS BYTES     prints {"sent":N,"seconds":S} at the end
// libc is called directly: Node's own sockets cannot send 100,000 datagrams a second beside a capture on two cores.
import koffi from 'koffi'

const [port = 46_000, rate = 20_000, seconds = 5, size = 600] = process.argv.slice(2).map(Number)
const AF_INET = 2
const SOCK_DGRAM = 2
const MSG_DONTWAIT = 0x40

const libc = koffi.load(null)
const socket = libc.func('int socket(int domain, int type, int protocol)')
const bind = libc.func('int bind(int fd, const uint8_t *address, uint32_t length)')
const connect = libc.func('int connect(int fd, const uint8_t *address, uint32_t length)')
const send = libc.func('int64_t send(int fd, const uint8_t *bytes, size_t length, int flags)')

const address = Buffer.alloc(16)
address.writeUInt16LE(AF_INET, 0)
address.writeUInt16BE(port, 2)
address.set([127, 0, 0, 1], 4)
// Somebody must own the port, or each datagram is answered with an error. What is not read is dropped by the socket, not by the interface.
const receiver = socket(AF_INET, SOCK_DGRAM, 0)
if (bind(receiver, address, address.length) !== 0) throw new Error(`port ${port} is taken`)
const sender = socket(AF_INET, SOCK_DGRAM, 0)
connect(sender, address, address.length)

const bytes = Buffer.alloc(Math.max(4, size))
const total = Math.round(rate * seconds)
const nap = new Int32Array(new SharedArrayBuffer(4))
const started = process.hrtime.bigint()
const passed = () => Number(process.hrtime.bigint() - started) / 1e9
let sent = 0
while (sent < total) {
  const due = Math.min(total, Math.floor(passed() * rate))
  // A sender that was held up does not make up for it in one burst.
  for (let burst = 0; sent < due && burst < 2000; burst++) {
    bytes.writeUInt32BE(sent, 0)
    if (send(sender, bytes, bytes.length, MSG_DONTWAIT) === bytes.length) sent++
  }
  if (sent >= due) Atomics.wait(nap, 0, 0, 1)
}
console.log(JSON.stringify({ sent, seconds: passed() }))
