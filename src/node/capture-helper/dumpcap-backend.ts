// Capturing with Wireshark's dumpcap, where its capabilities let an ordinary user capture. It writes pcapng to its standard output; the files, rings and
// limits are the helper's own, so all back ends behave alike.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CaptureProblem, type CaptureSession, type PacketSink } from './backend'
import { filterProblem, lostProblem, missingProblem, permissionProblem } from './capture-problems'
import type { CaptureRequest, InterfaceCounters } from './messages'
import { StreamPackets } from './stream-packets'

/** The program, or undefined where there is none. WIREGLASS_DUMPCAP overrides the search; 'none' hides it. */
export function findDumpcap(): string | undefined {
  const chosen = process.env['WIREGLASS_DUMPCAP']
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined
  const name = process.platform === 'win32' ? 'dumpcap.exe' : 'dumpcap'
  const usual =
    process.platform === 'win32'
      ? [join(process.env['ProgramFiles'] ?? 'C:\\Program Files', 'Wireshark')]
      : ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/opt/homebrew/bin', '/Applications/Wireshark.app/Contents/MacOS']
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...usual]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** Version of the program, for example "4.0.17". */
export function dumpcapVersion(program: string): string {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? ''
}

/** dumpcap lets the kernel hold packets back for 250 ms to deliver them together. */
const HOLD_MS = 300

/** Starts dumpcap; resolves once it has described its interfaces. */
export function startDumpcap(request: CaptureRequest, sink: PacketSink): Promise<CaptureSession> {
  const program = findDumpcap()
  if (program === undefined) return Promise.reject(new CaptureProblem('live/no-library', 'dumpcap is not installed.'))
  return new Promise((resolve, reject) => {
    const child = spawn(program, argumentsOf(request), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } })
    const counters: InterfaceCounters[] = request.interfaces.map(() => ({ received: null, dropped: null }))
    let complaints = ''
    let described = 0
    let stopping = false
    const ended = new Promise<void>((done) => child.on('close', () => done()))
    const session: CaptureSession = {
      kernelTimes: true,
      counters: () => counters,
      stop: async () => {
        // dumpcap does not empty the kernel's buffer when it is told to end.
        if (!stopping) await new Promise((resolve) => setTimeout(resolve, HOLD_MS))
        stopping = true
        child.kill('SIGINT')
        await ended
      },
    }
    const packets = new StreamPackets(
      {
        interface(index, linkType, snapLength) {
          sink.interface(index, linkType, snapLength)
          described++
          if (described === request.interfaces.length) resolve(session)
        },
        packet: (...packet) => sink.packet(...packet),
        flush: () => {
          sink.flush()
        },
        ended: () => undefined,
      },
      0,
      (index, received, dropped) => (counters[index] = { received, dropped }),
    )
    child.stdout.on('data', (piece: Buffer) => {
      try {
        if (packets.push(piece) || stopping) return
        stopping = true
        child.kill('SIGINT')
      } catch (error) {
        child.kill('SIGKILL')
        complaints += error instanceof Error ? error.message : String(error)
      }
    })
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString('utf8')))
    child.on('error', (error) => {
      reject(new CaptureProblem('live/no-library', `dumpcap could not be started: ${error.message}`))
    })
    void ended.then(() => {
      if (described < request.interfaces.length) reject(problemOf(request, complaints))
      else if (!stopping) {
        sink.ended(lostProblem(complaints.trim()))
      }
    })
  })
}

function argumentsOf(request: CaptureRequest): string[] {
  const args = ['-q', '-w', '-']
  for (const one of request.interfaces) {
    args.push('-i', one.name, '-s', String(one.snapLength), '-B', String(one.bufferMiB))
    if (one.filter.trim() !== '') args.push('-f', one.filter)
    if (one.linkType !== '') args.push('-y', one.linkType)
    if (!one.promiscuous) args.push('-p')
    if (one.monitor) args.push('-I')
  }
  return args
}

/** What dumpcap's complaint means. */
function problemOf(request: CaptureRequest, complaints: string): CaptureProblem {
  const names = request.interfaces.map((one) => one.name).join(', ')
  const details = complaints.trim()
  if (/permission|not permitted/i.test(details)) return permissionProblem(names, details)
  if (/no device named|no such device|no interface/i.test(details)) {
    return missingProblem(names, details)
  }
  const filter = request.interfaces.find((one) => one.filter.trim() !== '')
  if (filter !== undefined && /capture filter/i.test(details)) {
    return filterProblem(filter.filter, filter.name, /\((?:can't parse filter expression: )?([^)]*)\)/.exec(details)?.[1] ?? 'syntax error')
  }
  if (/link.?(layer|type)/i.test(details))
    return new CaptureProblem('live/link-type', `${names} does not have that data link type.`, details)
  return new CaptureProblem('live/unsupported', `dumpcap could not capture on ${names}.`, details)
}
