// The system's libpcap (Npcap on Windows), called through koffi. Importing this file fails where koffi has no binary for the platform.
import koffi, { type LibraryHandle } from 'koffi'
import { join } from 'node:path'
import { CaptureProblem } from './backend'

/** An address in C memory. */
export type Pointer = bigint | null

const ERROR_SIZE = 256
const NAMES: Readonly<Record<string, readonly string[]>> = {
  darwin: ['/usr/lib/libpcap.A.dylib', '/usr/lib/libpcap.dylib', '/opt/homebrew/opt/libpcap/lib/libpcap.dylib'],
  linux: ['libpcap.so.0.8', 'libpcap.so.1', 'libpcap.so'],
}

/** The functions that are used, as C has them. */
export type Libpcap = ReturnType<typeof bind>

let loaded: Libpcap | undefined

/** Loads the library once. Throws CaptureProblem 'live/no-library'. */
export function libpcap(): Libpcap {
  loaded ??= bind(load())
  return loaded
}

function load(): LibraryHandle {
  const chosen = process.env['WIREGLASS_LIBPCAP']
  const reasons: string[] = []
  const names = chosen !== undefined && chosen !== '' ? [chosen] : (NAMES[process.platform] ?? ['libpcap.so'])
  for (const name of process.platform === 'win32' ? [] : names) {
    try {
      return koffi.load(name)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  if (process.platform === 'win32') {
    const system = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32')
    for (const folder of [join(system, 'Npcap'), system]) {
      try {
        // wpcap.dll needs Packet.dll of its own folder; a library that is loaded already is found by its name.
        koffi.load(join(folder, 'Packet.dll'))
        return koffi.load(join(folder, 'wpcap.dll'))
      } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const what = process.platform === 'win32' ? 'Npcap is not installed (https://npcap.com)' : 'The library libpcap is not installed'
  throw new CaptureProblem('live/no-library', `${what}, so libpcap cannot capture here.`, reasons.join('\n'))
}

function bind(lib: LibraryHandle) {
  const f = (definition: string): ReturnType<LibraryHandle['func']> => lib.func(definition)
  const version: () => string = f('const char *pcap_lib_version()')
  const create: (device: string, error: Uint8Array) => Pointer = f('void *pcap_create(const char *device, _Out_ uint8_t *error)')
  const activate: (handle: Pointer) => number = f('int pcap_activate(void *handle)')
  const close: (handle: Pointer) => void = f('void pcap_close(void *handle)')
  const geterr: (handle: Pointer) => string = f('const char *pcap_geterr(void *handle)')
  const statustostr: (status: number) => string = f('const char *pcap_statustostr(int status)')
  const setter = (name: string): ((handle: Pointer, value: number) => number) => f(`int ${name}(void *handle, int value)`)
  const setnonblock: (handle: Pointer, on: number, error: Uint8Array) => number = f(
    'int pcap_setnonblock(void *handle, int on, _Out_ uint8_t *error)',
  )
  const openDead: (linkType: number, snapLength: number) => Pointer = f('void *pcap_open_dead(int link_type, int snap_length)')
  const compile: (handle: Pointer, program: Uint8Array, text: string, optimize: number, netmask: number) => number = f(
    'int pcap_compile(void *handle, _Inout_ uint8_t *program, const char *text, int optimize, uint32_t netmask)',
  )
  const setfilter: (handle: Pointer, program: Uint8Array) => number = f('int pcap_setfilter(void *handle, uint8_t *program)')
  const freecode: (program: Uint8Array) => void = f('void pcap_freecode(uint8_t *program)')
  const dispatch: (handle: Pointer, count: number, callback: Pointer, user: Pointer) => number = f(
    'int pcap_dispatch(void *handle, int count, void *callback, void *user)',
  )
  const dumpFopen: (handle: Pointer, file: Pointer) => Pointer = f('void *pcap_dump_fopen(void *handle, void *file)')
  const dumpOpen: (handle: Pointer, path: string) => Pointer = f('void *pcap_dump_open(void *handle, const char *path)')
  const dumpFlush: (dumper: Pointer) => number = f('int pcap_dump_flush(void *dumper)')
  const dumpClose: (dumper: Pointer) => void = f('void pcap_dump_close(void *dumper)')
  const stats: (handle: Pointer, counts: Uint32Array) => number = f('int pcap_stats(void *handle, _Out_ uint32_t *counts)')
  const datalink: (handle: Pointer) => number = f('int pcap_datalink(void *handle)')
  const snapshot: (handle: Pointer) => number = f('int pcap_snapshot(void *handle)')
  const listDatalinks: (handle: Pointer, list: Pointer[]) => number = f('int pcap_list_datalinks(void *handle, _Out_ void **list)')
  const freeDatalinks: (list: Pointer) => void = f('void pcap_free_datalinks(void *list)')
  const nameOfDatalink: (value: number) => string | null = f('const char *pcap_datalink_val_to_name(int value)')
  const describeDatalink: (value: number) => string | null = f('const char *pcap_datalink_val_to_description(int value)')
  const datalinkOfName: (name: string) => number = f('int pcap_datalink_name_to_val(const char *name)')
  const findalldevs: (list: Pointer[], error: Uint8Array) => number = f('int pcap_findalldevs(_Out_ void **list, _Out_ uint8_t *error)')
  const freealldevs: (list: Pointer) => void = f('void pcap_freealldevs(void *list)')
  return {
    version,
    create,
    activate,
    close,
    geterr,
    statustostr,
    setSnapLength: setter('pcap_set_snaplen'),
    setPromiscuous: setter('pcap_set_promisc'),
    setMonitor: setter('pcap_set_rfmon'),
    setTimeout: setter('pcap_set_timeout'),
    setBufferSize: setter('pcap_set_buffer_size'),
    setTimePrecision: setter('pcap_set_tstamp_precision'),
    setDatalink: setter('pcap_set_datalink'),
    setnonblock,
    openDead,
    compile,
    setfilter,
    freecode,
    dispatch,
    dumpFopen,
    dumpOpen,
    dumpFlush,
    dumpClose,
    stats,
    datalink,
    snapshot,
    listDatalinks,
    freeDatalinks,
    nameOfDatalink,
    describeDatalink,
    datalinkOfName,
    findalldevs,
    freealldevs,
    /** pcap_dump itself, to be given to pcap_dispatch: no packet enters JavaScript on its way. */
    dump: lib.symbol('pcap_dump') as Pointer,
  }
}

/** A buffer for the library's error texts. */
export function errorBuffer(): Buffer {
  return Buffer.alloc(ERROR_SIZE)
}

/** The text in an error buffer. */
export function errorText(buffer: Buffer): string {
  const end = buffer.indexOf(0)
  return buffer.toString('utf8', 0, end < 0 ? buffer.length : end)
}

/** A device of pcap_findalldevs. */
export interface PcapDevice {
  readonly name: string
  readonly description: string
  readonly flags: number
}

const DEVICE = koffi.struct({ next: 'void *', name: 'const char *', description: 'const char *', addresses: 'void *', flags: 'uint32_t' })

/** The devices in the library's order. */
export function pcapDevices(): PcapDevice[] {
  const pcap = libpcap()
  const error = errorBuffer()
  const list: Pointer[] = [null]
  if (pcap.findalldevs(list, error) !== 0) throw new CaptureProblem('live/no-interface', errorText(error))
  const found: PcapDevice[] = []
  for (let at = list[0] ?? null; at !== null;) {
    const device = koffi.decode(at, DEVICE) as { next: Pointer; name: string; description: string | null; flags: number }
    found.push({ name: device.name, description: device.description ?? '', flags: device.flags })
    at = device.next
  }
  pcap.freealldevs(list[0] ?? null)
  return found
}

/** The values of pcap_list_datalinks. */
export function datalinksOf(handle: Pointer): number[] {
  const pcap = libpcap()
  const list: Pointer[] = [null]
  const count = pcap.listDatalinks(handle, list)
  const at = list[0] ?? null
  if (count <= 0 || at === null) return [pcap.datalink(handle)]
  const values = koffi.decode(at, koffi.array('int', count)) as ArrayLike<number>
  pcap.freeDatalinks(at)
  return Array.from(values)
}

/** Size of struct bpf_program, with its padding. */
const PROGRAM_SIZE = 16

/** Compiles a filter and hands it to `use`, or answers the compiler's complaint. */
export function withFilter(handle: Pointer, text: string, use: (program: Uint8Array) => void): string | undefined {
  const pcap = libpcap()
  const program = new Uint8Array(PROGRAM_SIZE)
  if (pcap.compile(handle, program, text, 1, 0xffffffff) !== 0) return pcap.geterr(handle)
  use(program)
  pcap.freecode(program)
  return undefined
}
