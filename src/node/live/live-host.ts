// Capturing for an engine: questions go to a helper that ends when nobody asks for a while, each capture has a helper of its own.
import { lstatSync, rmSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { LiveFile, LiveListener, LivePort, StartedCapture } from '../../engine/service'
import type { LiveRequest } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { CaptureRequest, HelperCall, HelperCalls } from '../capture-helper/messages'
import { HelperLink, helperError, type HelperEvent, type StartHelper } from './helper-link'
import { remediesFor, type System } from './permission-doctor'
import { SpoolFolder } from './spool-folder'

/** A helper that is asked nothing for this long is let go. */
const IDLE_MS = 20_000

/** What a live host is made of. */
export interface LiveHostOptions {
  readonly startHelper: StartHelper
  /** Where temporary captures are kept. */
  readonly folder: string
  /** Name and version of the program, for the files. */
  readonly application: string
  readonly system: System
}

/** Makes the port. */
export function createLiveHost(options: LiveHostOptions): LivePort {
  const spools = new SpoolFolder(options.folder)
  const ask = questions(options.startHelper)
  return {
    interfaces: async () => (await ask('interfaces', {})).map((one) => ({ ...one, addresses: [...one.addresses] })),
    counters: () => ask('counters', {}),
    linkTypes: (name, monitor) => ask('linkTypes', { name, monitor }),
    checkFilter: async (filter, linkType) => (await ask('checkFilter', { filter, linkType })).problem,
    async diagnose() {
      // A new process: groups and capabilities are those of the moment at which it starts.
      const link = silentLink(options.startHelper)
      try {
        const backends = await link.call('backends', {})
        const permitted = backends.some((one) => one.permitted)
        return { permitted, backends: [...backends], remedies: permitted ? [] : remediesFor(backends, options.system) }
      } finally {
        link.close()
      }
    },
    start: (request, listener) => start(options, spools, request, listener),
    spools: () => attempt(() => spools.list()),
    recover: (id) => attempt(() => ({ ...spools.take(id), temporary: true, growing: false })),
    discard: (id) =>
      attempt(() => {
        spools.discard(id)
      }),
    forget: (path) => {
      spools.forget(path)
    },
    remove: (path) => {
      spools.remove(path)
    },
  }
}

function attempt<T>(action: () => T): Promise<T> {
  return new Promise((done) => {
    done(action())
  })
}

function silentLink(startHelper: StartHelper): HelperLink {
  return new HelperLink(
    startHelper(false),
    () => undefined,
    () => undefined,
  )
}

/** Asks a helper that is started when it is needed and closed when it is not. */
function questions(
  startHelper: StartHelper,
): <C extends HelperCall>(call: C, params: HelperCalls[C]['params']) => Promise<HelperCalls[C]['result']> {
  let link: HelperLink | undefined
  let idle: NodeJS.Timeout | undefined
  let pending = 0
  const letGo = (): void => {
    link?.close()
    link = undefined
  }
  return async (call, params) => {
    clearTimeout(idle)
    const asked = (link ??= new HelperLink(
      startHelper(false),
      () => undefined,
      () => {
        if (link === asked) link = undefined
      },
    ))
    pending++
    try {
      return await asked.call(call, params)
    } finally {
      pending--
      if (pending === 0) idle = setTimeout(letGo, IDLE_MS).unref()
    }
  }
}

async function start(options: LiveHostOptions, spools: SpoolFolder, request: LiveRequest, listener: LiveListener): Promise<StartedCapture> {
  const names = request.interfaces.map((one) => one.name)
  const label = tabName(names, new Date())
  const temporary = request.path === ''
  const path = temporary
    ? spools.create({ startedMs: Date.now(), interfaces: names, filter: request.interfaces[0]?.filter ?? '', name: label })
    : targetOf(request)
  const fileOf = (file: string): LiveFile => ({ path: file, name: temporary ? label : basename(file), temporary, growing: true })
  let present = path
  let isStarted = false
  const ending = new Ending(listener)
  const onEvent = (event: HelperEvent): void => {
    if (event.type === 'statistics') listener.statistics(event.packets, event.bytes, event.counters)
    else if (event.type === 'file') {
      present = event.path
      if (isStarted) listener.file(fileOf(present))
    } else {
      ending.tell(event.end, event.end.problem === null ? undefined : helperError(event.end.problem))
      link.close()
    }
  }
  const link = new HelperLink(options.startHelper(names.includes('-')), onEvent, (error) => {
    if (isStarted) ending.tell(undefined, error)
  })
  try {
    const wanted: CaptureRequest = { ...request, path, application: options.application }
    const { backend, kernelTimes } = await link.call('start', wanted)
    isStarted = true
    return {
      backend,
      kernelTimes,
      file: fileOf(present),
      async stop() {
        // The end is told by its event, also where the capture ended by itself meanwhile.
        link.call('stop', {}).catch(() => undefined)
        await ending.told
      },
    }
  } catch (error) {
    link.close()
    if (temporary) spools.remove(path)
    throw error
  }
}

/** The end of a capture is told once: by the helper, or because it is gone. */
class Ending {
  readonly told: Promise<void>
  private readonly listener: LiveListener
  private resolve: () => void = () => undefined
  private isTold = false

  constructor(listener: LiveListener) {
    this.listener = listener
    this.told = new Promise((resolve) => (this.resolve = resolve))
  }

  tell(...end: Parameters<LiveListener['ended']>): void {
    if (this.isTold) return
    this.isTold = true
    this.listener.ended(...end)
    this.resolve()
  }
}

/** The file to write to. An old one is removed rather than shortened: a capture of it may be open. Throws TraceError. */
function targetOf({ path, overwrite, ring }: LiveRequest): string {
  const target = resolve(path)
  // The files of a ring have names of their own.
  const found = ring === undefined ? lstatSync(target, { throwIfNoEntry: false }) : undefined
  if (found === undefined) return target
  if (!overwrite) {
    const message = `${target} exists already. Choose another name, or confirm that it may be replaced.`
    throw new TraceError('io/exists', message, { file: target })
  }
  if (found.isFile()) rmSync(target, { force: true })
  return target
}

/** For example eth0-20261126-153102.pcapng, local time. */
function tabName(interfaces: readonly string[], time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const from = interfaces
    .map((name) => (name === '-' ? 'stdin' : basename(name)))
    .slice(0, 3)
    .join('+')
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`
  return `${from}-${day}-${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}.pcapng`
}
