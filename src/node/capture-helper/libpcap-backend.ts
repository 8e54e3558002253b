// Capturing with libpcap. pcap_dispatch calls pcap_dump for every packet, so a batch goes from the kernel's buffer to the dump in native code, with
// the kernel's nanoseconds; JavaScript then puts the batch's records into the pcapng file.
import { CaptureProblem, type CaptureSession, type PacketSink } from './backend'
import { DUMP_HEADER, openDumpTarget, RECORD_HEADER, type DumpTarget } from './dump-target'
import { isSwitchedOff } from './interface-state'
import { filterProblem, lostProblem, missingProblem, permissionProblem } from './capture-problems'
import { errorBuffer, errorText, libpcap, withFilter, type Libpcap, type Pointer } from './libpcap'
import type { CaptureRequest, InterfaceCounters, InterfaceRequest } from './messages'

/** Packets of one pcap_dispatch: bounds the dump's memory (64 KiB packets of a loopback: 32 MiB). */
const BATCH = 512
/** Batches of one interface before the others and the host's messages get their turn. */
const BATCHES = 8
/** How long the kernel may hold packets back to deliver them together. */
const HOLD_MS = 50
/** Pause when no interface had a packet: doubles from the first to the last. */
const SHORTEST_PAUSE_MS = 2
const LONGEST_PAUSE_MS = 20

/** libpcap goes on silently when an interface is switched off, since it may come back; so it is looked at this often. */
const LOOK_EVERY_MS = 500

interface OpenInterface {
  readonly name: string
  readonly handle: Pointer
  readonly dump: DumpTarget
}

/** Starts capturing; rejects with what libpcap says in words. */
export async function startLibpcap(request: CaptureRequest, sink: PacketSink): Promise<CaptureSession> {
  const pcap = libpcap()
  const open: OpenInterface[] = []
  try {
    for (const [index, one] of request.interfaces.entries()) {
      const handle = openInterface(pcap, one)
      open.push({ name: one.name, handle, dump: openDumpTarget(handle) })
      sink.interface(index, linkTypeOf(pcap.datalink(handle)), pcap.snapshot(handle))
    }
  } catch (error) {
    for (const { handle, dump } of open) {
      dump.close()
      pcap.close(handle)
    }
    throw error
  }
  return new LibpcapSession(pcap, open, sink)
}

class LibpcapSession implements CaptureSession {
  readonly kernelTimes = true
  private readonly pcap: Libpcap
  private readonly open: readonly OpenInterface[]
  private readonly sink: PacketSink
  private readonly last: InterfaceCounters[]
  private running = true
  private pause = SHORTEST_PAUSE_MS
  private looked = performance.now()

  constructor(pcap: Libpcap, open: readonly OpenInterface[], sink: PacketSink) {
    this.pcap = pcap
    this.open = open
    this.sink = sink
    this.last = open.map(() => ({ received: 0, dropped: 0 }))
    setImmediate(this.turn)
  }

  counters(): readonly InterfaceCounters[] {
    if (this.running) {
      const counts = new Uint32Array(4)
      for (const [index, { handle }] of this.open.entries()) {
        if (this.pcap.stats(handle, counts) !== 0) continue
        const [received = 0, dropped = 0, byInterface = 0] = counts
        this.last[index] = { received, dropped: dropped + byInterface }
      }
    }
    return this.last
  }

  async stop(): Promise<void> {
    if (!this.running) return
    // The kernel may hold a block back for HOLD_MS; what it has seen before the stop belongs to the capture.
    await new Promise((resolve) => setTimeout(resolve, HOLD_MS + 10))
    while (this.round() > 0) await new Promise((resolve) => setImmediate(resolve))
    this.close()
  }

  private readonly turn = (): void => {
    if (!this.running) return
    if (this.round() > 0) {
      this.pause = SHORTEST_PAUSE_MS
      setImmediate(this.turn)
    } else {
      this.look()
      this.pause = Math.min(LONGEST_PAUSE_MS, this.pause * 2)
      setTimeout(this.turn, this.pause)
    }
  }

  /** Ends the capture when one of its interfaces was switched off. */
  private look(): void {
    const now = performance.now()
    if (!this.running || now - this.looked < LOOK_EVERY_MS) return
    this.looked = now
    const off = this.open.find(({ name }) => isSwitchedOff(name))
    if (off === undefined) return
    this.close()
    this.sink.ended(lostProblem(`${off.name} is down`))
  }

  /** Empties the kernel's buffers for a while; answers how many packets came. */
  private round(): number {
    if (!this.running) return 0
    let packets = 0
    for (const [index, { handle, dump }] of this.open.entries()) {
      for (let batch = 0; batch < BATCHES; batch++) {
        dump.begin()
        const got = this.pcap.dispatch(handle, BATCH, this.pcap.dump, dump.dumper)
        if (got !== 0 && !this.forward(index, dump)) {
          this.close()
          return packets
        }
        if (got < 0) {
          const details = this.pcap.geterr(handle)
          this.close()
          this.sink.ended(lostProblem(details))
          return packets
        }
        packets += got
        if (got < BATCH) break
      }
    }
    return packets
  }

  /** Puts the dump's records into the file; false when no more are wanted. */
  private forward(index: number, dump: DumpTarget): boolean {
    const { bytes, length } = dump.take()
    let at = isFileHeader(bytes, length) ? DUMP_HEADER : 0
    while (at + RECORD_HEADER <= length) {
      const captured = bytes.readUInt32LE(at + 8)
      const start = at + RECORD_HEADER
      const wanted = this.sink.packet(
        index,
        bytes.readUInt32LE(at),
        bytes.readUInt32LE(at + 4),
        bytes,
        start,
        captured,
        bytes.readUInt32LE(at + 12),
      )
      if (!wanted) return false
      at = start + captured
    }
    this.sink.flush()
    return true
  }

  private close(): void {
    if (!this.running) return
    this.counters()
    this.running = false
    for (const { handle, dump } of this.open) {
      dump.close()
      this.pcap.close(handle)
    }
  }
}

const NANOSECOND_MAGIC = 0xa1b23c4d

function isFileHeader(bytes: Buffer, length: number): boolean {
  return length >= DUMP_HEADER && bytes.readUInt32LE(0) === NANOSECOND_MAGIC && bytes.readUInt32LE(4) === 0x00040002
}

const NO_SUCH_DEVICE = -5
const NO_MONITOR = -6
const NOT_PERMITTED = -8
const NOT_UP = -9
const PROMISCUOUS_NOT_PERMITTED = -11

/** Opens and configures one interface. Throws CaptureProblem. */
export function openInterface(pcap: Libpcap, one: InterfaceRequest): Pointer {
  const error = errorBuffer()
  const handle = pcap.create(one.name, error)
  if (handle === null) throw missingProblem(one.name, errorText(error))
  try {
    pcap.setTimePrecision(handle, 1)
    pcap.setSnapLength(handle, one.snapLength)
    pcap.setPromiscuous(handle, one.promiscuous ? 1 : 0)
    if (one.monitor) pcap.setMonitor(handle, 1)
    pcap.setTimeout(handle, HOLD_MS)
    pcap.setBufferSize(handle, one.bufferMiB * 1024 * 1024)
    const status = pcap.activate(handle)
    if (status < 0) throw activationProblem(one.name, status, pcap.geterr(handle))
    if (one.linkType !== '') {
      const value = pcap.datalinkOfName(one.linkType)
      if (value < 0) throw new CaptureProblem('live/link-type', `"${one.linkType}" is no data link type.`)
      if (pcap.setDatalink(handle, value) !== 0) {
        throw new CaptureProblem('live/link-type', `${one.name} cannot be captured as ${one.linkType}.`, pcap.geterr(handle))
      }
    }
    if (one.filter.trim() !== '') {
      let accepted = 0
      const complaint = withFilter(handle, one.filter, (program) => (accepted = pcap.setfilter(handle, program)))
      if (complaint !== undefined || accepted !== 0) throw filterProblem(one.filter, one.name, complaint ?? pcap.geterr(handle))
    }
    if (pcap.setnonblock(handle, 1, error) !== 0) throw new CaptureProblem('live/interface-lost', errorText(error))
    return handle
  } catch (problem) {
    pcap.close(handle)
    throw problem
  }
}

function activationProblem(name: string, status: number, details: string): CaptureProblem {
  switch (status) {
    case NO_SUCH_DEVICE:
      return missingProblem(name, details)
    case NO_MONITOR:
      return new CaptureProblem('live/unsupported', `${name} has no monitor mode.`, details)
    case NOT_PERMITTED:
    case PROMISCUOUS_NOT_PERMITTED:
      return permissionProblem(name, details)
    case NOT_UP:
      return new CaptureProblem(
        'live/interface-lost',
        `${name} is switched off. Switch it on (for example: ip link set ${name} up).`,
        details,
      )
    default:
      return new CaptureProblem('live/unsupported', `${name} cannot be opened: ${details}`, details)
  }
}

/** DLT_RAW has another number than LINKTYPE_RAW, and differs between systems; the others that interfaces have are alike. */
export function linkTypeOf(datalink: number): number {
  return datalink === (process.platform === 'openbsd' ? 14 : 12) ? 101 : datalink
}
