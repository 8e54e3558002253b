// Which back ends there are, which can be used, and the choice among them.
import { spawnSync } from 'node:child_process'
import { CaptureProblem, type StartBackend } from './backend'
import { loadCap, startCap, tryCap } from './cap-backend'
import { permissionProblem } from './capture-problems'
import { dumpcapVersion, findDumpcap, startDumpcap } from './dumpcap-backend'
import type { BackendName, BackendState, CaptureRequest } from './messages'
import { isStream, startStream } from './stream-backend'

/** In the order of preference: libpcap gives drops every second, dumpcap may be permitted where libpcap is not, cap has no kernel times. */
const ORDER = ['libpcap', 'dumpcap', 'cap'] as const

/** Starts what the request names, or the first back end that can do it. Answers which one. Rejects with the first one's problem. */
export async function startChosen(
  request: CaptureRequest,
  sink: Parameters<StartBackend>[1],
): Promise<{ readonly backend: BackendName; readonly session: Awaited<ReturnType<StartBackend>> }> {
  if (request.interfaces.some((one) => isStream(one.name))) return { backend: 'stream', session: await startStream(request, sink) }
  if (request.backend !== 'auto') return { backend: request.backend, session: await (await starter(request.backend))(request, sink) }
  let first: unknown
  for (const backend of ORDER) {
    try {
      return { backend, session: await (await starter(backend))(request, sink) }
    } catch (error) {
      // A wrong filter or name is wrong for all of them; what is missing or not permitted may be there with the next.
      if (!isAboutBackend(error)) throw error
      if (first === undefined || (first instanceof CaptureProblem && first.code === 'live/no-library')) first = error
    }
  }
  throw first
}

function isAboutBackend(error: unknown): boolean {
  return error instanceof CaptureProblem && (error.code === 'live/no-library' || error.code === 'live/permission')
}

async function starter(name: BackendName): Promise<StartBackend> {
  switch (name) {
    case 'libpcap':
      return (await libpcapModules()).startLibpcap
    case 'dumpcap':
      return startDumpcap
    case 'cap':
      return startCap
    case 'stream':
      return startStream
  }
}

async function libpcapModules() {
  try {
    return { ...(await import('./libpcap')), ...(await import('./libpcap-backend')) }
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error)
    throw new CaptureProblem('live/no-library', 'This system has no binary of koffi, through which libpcap is called.', details)
  }
}

/** What each back end can do here, found out by opening an interface as it does. */
export async function backendStates(probe: string): Promise<BackendState[]> {
  return [await libpcapState(probe), dumpcapState(probe), capState(probe)]
}

async function libpcapState(probe: string): Promise<BackendState> {
  try {
    const { libpcap, openInterface } = await libpcapModules()
    const pcap = libpcap()
    const version = /\d+(\.\d+)+/.exec(pcap.version())?.[0] ?? pcap.version()
    try {
      const request = { name: probe, filter: '', promiscuous: false, monitor: false, snapLength: 262_144, bufferMiB: 2, linkType: '' }
      pcap.close(openInterface(pcap, request))
      return { name: 'libpcap', version, permitted: true, problem: null }
    } catch (error) {
      return { name: 'libpcap', version, permitted: false, problem: asProblem(error) }
    }
  } catch (error) {
    return { name: 'libpcap', version: null, permitted: false, problem: asProblem(error) }
  }
}

function dumpcapState(probe: string): BackendState {
  const program = findDumpcap()
  if (program === undefined) {
    const problem = { code: 'live/no-library', message: 'dumpcap is not installed (it comes with Wireshark).' } as const
    return { name: 'dumpcap', version: null, permitted: false, problem }
  }
  const version = dumpcapVersion(program)
  // Listing data link types opens the interface, as capturing does.
  const { status, stderr, error } = spawnSync(program, ['-L', '-i', probe], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  if (status === 0) return { name: 'dumpcap', version, permitted: true, problem: null }
  const details = error === undefined ? stderr.trim() : error.message
  return { name: 'dumpcap', version, permitted: false, problem: permissionProblem(probe, details).problem }
}

function capState(probe: string): BackendState {
  try {
    loadCap()
  } catch (error) {
    return { name: 'cap', version: null, permitted: false, problem: asProblem(error) }
  }
  try {
    tryCap(probe)
    return { name: 'cap', version: '', permitted: true, problem: null }
  } catch (error) {
    return { name: 'cap', version: '', permitted: false, problem: asProblem(error) }
  }
}

function asProblem(error: unknown): BackendState['problem'] {
  if (error instanceof CaptureProblem) return error.problem
  return { code: 'live/unsupported', message: error instanceof Error ? error.message : String(error) }
}
