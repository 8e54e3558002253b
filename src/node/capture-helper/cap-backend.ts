// Capturing with the npm package cap, where neither libpcap through FFI nor dumpcap can be used. Packets come one by one into JavaScript and carry no time
// of the kernel: the times are those of their arrival here, which the interface says.
import { createRequire } from 'node:module'
import { CaptureProblem, type CaptureSession, type PacketSink } from './backend'
import { filterProblem, missingProblem, permissionProblem } from './capture-problems'
import type { CaptureRequest } from './messages'

/** What is used of the package. */
interface CapHandle {
  open(device: string, filter: string, bufferSize: number, packet: Buffer): string
  on(event: 'packet', handler: (length: number) => void): unknown
  setMinBytes?(bytes: number): void
  close(): void
}
interface CapModule {
  readonly Cap: new () => CapHandle
}

/** LINKTYPE_ values of the package's names. */
const LINK_TYPES: Readonly<Record<string, number>> = {
  NULL: 0,
  ETHERNET: 1,
  IEEE802_11: 105,
  IEEE802_11_RADIO: 127,
  LINKTYPE_LINUX_SLL: 113,
  RAW: 101,
}

/** Loads the package. Throws CaptureProblem where it was not built, which is usual: it is optional. */
export function loadCap(): CapModule {
  try {
    return createRequire(import.meta.url)(process.env['WIREGLASS_CAP'] ?? 'cap') as CapModule
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error)
    throw new CaptureProblem(
      'live/no-library',
      'The package cap was not built (npm rebuild cap needs a compiler and the headers of libpcap).',
      details,
    )
  }
}

/** Opens an interface as startCap does, and closes it. Throws CaptureProblem where that fails. */
export function tryCap(name: string): void {
  const { Cap } = loadCap()
  const handle = new Cap()
  try {
    handle.open(name, '', 1 << 20, Buffer.alloc(65_535))
    handle.close()
  } catch (error) {
    throw problemOf([{ name, filter: '' }], error)
  }
}

/** The package has the kernel keep 64 KiB for each packet, however short: less would be full after a hundred. */
const LEAST_BUFFER_MIB = 64
/** Nothing for this long means that nothing is left. On a busy interface that may be never, so stop() is bounded. */
const REST_MS = 60
const LONGEST_STOP_MS = 1000

/** Starts capturing. */
export function startCap(request: CaptureRequest, sink: PacketSink): Promise<CaptureSession> {
  const { Cap } = loadCap()
  const handles: CapHandle[] = []
  const close = (): void => {
    for (const handle of handles.splice(0)) handle.close()
  }
  const received = request.interfaces.map(() => 0)
  const total = (): number => received.reduce((sum, count) => sum + count, 0)
  try {
    for (const [index, one] of request.interfaces.entries()) {
      const packet = Buffer.alloc(Math.max(65_535, one.snapLength))
      const handle = new Cap()
      const linkType = LINK_TYPES[handle.open(one.name, one.filter, Math.max(LEAST_BUFFER_MIB, one.bufferMiB) << 20, packet)]
      handles.push(handle)
      if (linkType === undefined) throw new CaptureProblem('live/link-type', `The package cap cannot read the packets of ${one.name}.`)
      handle.setMinBytes?.(0)
      sink.interface(index, linkType, one.snapLength)
      handle.on('packet', (length) => {
        if (handles.length === 0) return
        const now = performance.timeOrigin + performance.now()
        const seconds = Math.floor(now / 1000)
        const nanoseconds = Math.floor((now - seconds * 1000) * 1000) * 1000
        received[index] = (received[index] ?? 0) + 1
        if (!sink.packet(index, seconds, nanoseconds, packet, 0, Math.min(length, one.snapLength), length)) close()
      })
    }
  } catch (error) {
    close()
    return Promise.reject(error instanceof CaptureProblem ? error : problemOf(request.interfaces, error))
  }
  return Promise.resolve({
    kernelTimes: false,
    counters: () => received.map((count) => ({ received: count, dropped: null })),
    async stop() {
      // The package has no way to ask for what the kernel still holds: it comes as long as it comes.
      const end = performance.now() + LONGEST_STOP_MS
      for (let before = -1; handles.length > 0 && before !== total() && performance.now() < end;) {
        before = total()
        await new Promise((resolve) => setTimeout(resolve, REST_MS))
      }
      close()
    },
  })
}

function problemOf(interfaces: readonly Pick<CaptureRequest['interfaces'][number], 'name' | 'filter'>[], error: unknown): CaptureProblem {
  const details = error instanceof Error ? error.message : String(error)
  const names = interfaces.map((one) => one.name).join(', ')
  if (/permi/i.test(details)) return permissionProblem(names, details)
  if (/no such device|exist/i.test(details)) return missingProblem(names, details)
  const filter = interfaces.find((one) => one.filter.trim() !== '')
  if (filter !== undefined && /syntax|parse|filter|unknown/i.test(details)) return filterProblem(filter.filter, filter.name, details)
  return new CaptureProblem('live/unsupported', `The package cap could not capture on ${names}.`, details)
}
