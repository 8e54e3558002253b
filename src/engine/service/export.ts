// Saving packets to a file, and the same bytes for a browser's download.
import type { ExportScope } from '../../shared/contract'
import { ExportError, TraceError } from '../../shared/errors'
import type { Arguments, CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { encodeBase64 } from '../../shared/text/base64'
import { utf8Text } from '../bytes/text'
import { encodeUtf8 } from '../bytes/utf8'
import type { ByteSink } from '../capture/byte-sink'
import { CaptureSaver, type SaveOptions, type SaveResult } from '../capture/save-capture'
import { KEY_LOG, KeyLog } from '../dissect/key-log'
import { captureOf, SlicedTask, type ServiceContext } from './context'
import type { OpenCapture } from './open-capture'
import { inRanges, parsePacketRange } from './packet-range'

/** Largest capture that is handed to a browser in one piece. */
export const MAX_DOWNLOAD_BYTES = 256 * 1024 * 1024
/** Packets written between two looks at the clock. */
const STEP = 256

type Choice = Pick<Arguments<'capture.save'>, 'format' | 'scope' | 'keepComments' | 'keepSecrets'>

/** Methods that write captures; `onSaved` is told when nothing of a capture's is left to save. */
export function exportMethods(
  context: ServiceContext,
  onSaved: (capture: OpenCapture) => void,
): Pick<ServiceMethods, 'capture.save' | 'capture.download'> {
  return {
    'capture.save': async ({ captureId, path, overwrite, ...choice }, call) => {
      const capture = captureOf(context, captureId)
      const { file, path: full } = context.ports.files.create(path, overwrite)
      const { packets } = capture
      let result: SaveResult
      try {
        result = await write(context, capture, file, choice, call)
        file.commit()
      } catch (error) {
        file.abort()
        throw error
      }
      if (savesEverything(capture, choice)) {
        capture.dirty = false
        capture.savedPackets = packets
        onSaved(capture)
        context.emit('capture.changed', capture.info())
      }
      return { path: full, packets: result.packets, bytes: result.bytes }
    },
    'capture.download': async ({ captureId, ...choice }, call) => {
      const capture = captureOf(context, captureId)
      const sink = memorySink()
      await write(context, capture, sink, choice, call)
      return { name: downloadName(capture, choice), bytes: encodeBase64(sink.bytes()) }
    },
  }
}

async function write(
  context: ServiceContext,
  capture: OpenCapture,
  sink: ByteSink,
  choice: Choice,
  call: CallContext,
): Promise<SaveResult> {
  const task = new SlicedTask(context, call, capture)
  const packets = capture.packets
  const include = chosenPackets(capture, choice.scope)
  const options: SaveOptions = {
    format: choice.format === 'pcapng' ? 'pcapng' : 'pcap',
    nanoseconds: choice.format === 'pcap-ns',
    include,
    // Only what is loaded: a file that still grows is saved as far as the user sees it.
    last: packets,
    comments: commentsFor(capture, choice.keepComments),
    secrets: choice.keepSecrets,
    keyLog: choice.keepSecrets ? givenKeys(capture) : undefined,
    application: `Wireglass ${context.ports.host.version}`,
  }
  const saver = new CaptureSaver(capture.source, sink, options)
  let looked = 0
  while (saver.step(STEP) === 'more') {
    looked += STEP
    if (task.isDue) await task.pause({ done: Math.min(looked, packets), total: packets })
  }
  return saver.finish()
}

/** The user's keys of the capture's own connections, as far as the file does not hold them; undefined when there are none. */
function givenKeys({ trace }: OpenCapture): Uint8Array | undefined {
  const own = new KeyLog()
  for (const { type, data } of trace.reader.secrets) if (type === 'TLSK') own.addText(utf8Text(data))
  const text = trace.session.state(KEY_LOG).usedText(own)
  return text === '' ? undefined : encodeUtf8(text)
}

/** Which packets a scope means now. */
function chosenPackets(capture: OpenCapture, scope: ExportScope): ((number: number) => boolean) | undefined {
  const kept = scope.dropIgnored === true ? (number: number): boolean => !capture.ignored.has(number) : undefined
  const both = (test: (number: number) => boolean): ((number: number) => boolean) =>
    kept === undefined ? test : (number) => test(number) && kept(number)
  switch (scope.what) {
    case 'all':
      return kept
    case 'displayed':
      return capture.test === undefined ? kept : both((number) => capture.passing.has(number))
    case 'marked':
      if (capture.marked.size === 0) throw new ExportError('export/unsupported', 'No packet is marked. Mark some with Ctrl+M first.')
      return both((number) => capture.marked.has(number))
    case 'selected':
    case 'range': {
      const ranges = parsePacketRange(scope.range ?? '')
      return both((number) => inRanges(ranges, number))
    }
  }
}

/** Comments that differ from the file's: those edited, or none at all. */
function commentsFor(capture: OpenCapture, keep: boolean): ReadonlyMap<number, readonly string[]> {
  if (keep) return capture.editedComments
  const none = new Map<number, readonly string[]>()
  for (const number of capture.editedComments.keys()) none.set(number, [])
  for (let number = capture.commented.next(0, false); number > 0; number = capture.commented.next(number, false)) none.set(number, [])
  return none
}

/** After such a save nothing of the user's work is only in memory. */
function savesEverything(capture: OpenCapture, choice: Choice): boolean {
  return (
    choice.scope.what === 'all' &&
    choice.scope.dropIgnored !== true &&
    choice.keepComments &&
    (choice.format === 'pcapng' || capture.commented.size === 0)
  )
}

function downloadName(capture: OpenCapture, choice: Choice): string {
  const base = capture.opened.name.replace(/(\.(gz|zst|lz4))?$/i, '').replace(/\.[A-Za-z0-9]{1,8}$/, '')
  return `${base === '' ? 'capture' : base}${choice.scope.what === 'all' ? '' : `-${choice.scope.what}`}.${choice.format === 'pcapng' ? 'pcapng' : 'pcap'}`
}

function memorySink(): ByteSink & { bytes(): Uint8Array } {
  const parts: Uint8Array[] = []
  let length = 0
  return {
    write(bytes) {
      length += bytes.length
      if (length > MAX_DOWNLOAD_BYTES) {
        throw new TraceError(
          'capture/too-large',
          `More than ${MAX_DOWNLOAD_BYTES / 1024 / 1024} MiB cannot be downloaded in one piece. Save to a file instead, or choose fewer packets.`,
        )
      }
      parts.push(bytes.slice())
    },
    bytes() {
      const all = new Uint8Array(length)
      let at = 0
      for (const part of parts) {
        all.set(part, at)
        at += part.length
      }
      return all
    },
  }
}
