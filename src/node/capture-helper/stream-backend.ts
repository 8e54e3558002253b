// A pipe, a FIFO or standard input as an interface.
import { createReadStream } from 'node:fs'
import { fileError } from '../files/file-error'
import { CaptureProblem, type CaptureSession, type PacketSink } from './backend'
import type { CaptureRequest } from './messages'
import { StreamPackets } from './stream-packets'

/** Descriptor under which the host passes its standard input on. */
const STANDARD_INPUT = 3

/** True for what is read as a stream rather than captured. */
export function isStream(name: string): boolean {
  return name === '-' || name.startsWith('/') || name.startsWith('\\\\.\\pipe\\')
}

/** Reads the first interface of the request, which must be the only one. */
export async function startStream(request: CaptureRequest, sink: PacketSink): Promise<CaptureSession> {
  const [one, second] = request.interfaces
  if (one === undefined || second !== undefined) {
    throw new CaptureProblem('live/unsupported', 'A pipe is captured on its own, without other interfaces.')
  }
  if (one.filter.trim() !== '') {
    throw new CaptureProblem('live/unsupported', 'A pipe has no capture filter: filter at its other end, or use a display filter.')
  }
  const stream = one.name === '-' ? createReadStream('', { fd: STANDARD_INPUT }) : createReadStream(one.name)
  let dropped: number | null = null
  const packets = new StreamPackets(sink, 0, (_index, _received, lost) => (dropped = lost))
  const ended = (error: unknown): void => {
    if (!(error instanceof CaptureProblem)) throw error
    sink.ended(error)
  }
  stream.on('data', (piece) => {
    if (typeof piece === 'string') return
    try {
      if (!packets.push(piece)) stream.destroy()
    } catch (error) {
      stream.destroy()
      ended(error)
    }
  })
  stream.on('end', () => {
    try {
      packets.end()
      sink.ended(undefined)
    } catch (error) {
      ended(error)
    }
  })
  stream.on('error', (error) => {
    const { code, message } = fileError(error, one.name, 'read')
    sink.ended(new CaptureProblem(code, message))
  })
  return {
    kernelTimes: true,
    counters: () => [{ received: null, dropped }],
    stop: () => {
      stream.destroy()
      return Promise.resolve()
    },
  }
}
