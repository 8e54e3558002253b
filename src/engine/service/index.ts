// The engine's only door: EngineService implements the contract for one engine process, whatever hosts it.
import type { EventName, EventPayload, HostCommand } from '../../shared/contract'
import type { EventSink, ServedEngine, ServiceMethods } from '../../shared/rpc/dispatcher'
import { Captures } from './captures'
import { ColorRules } from './colors'
import type { ServiceContext } from './context'
import { ConversationTables } from './conversations'
import { Diagrams } from './diagrams'
import { decodeAsMethods } from './dissection-rules'
import { exportMethods } from './export'
import { Follows } from './follow'
import { graphMethods } from './graphs'
import { hostMethods } from './files'
import { Filters } from './filters'
import { Live } from './live'
import { programMethods } from './programs'
import { KeyRing } from './key-ring'
import { NameRegistry } from './names'
import { overviewMethods } from './overview'
import { Packets } from './packets'
import type { EnginePorts } from './ports'
import { Rows } from './rows'
import { searchMethods } from './search'
import { webArtifactMethods } from './web-artifacts'
import { WebViews } from './web-views'
import { Statistics } from './statistics'

export type * from './live-port'
export type * from './programs-port'
export type * from './ports'

/** One engine: serve it to pages with serve() of shared/rpc/dispatcher. */
export interface EngineService extends ServedEngine {
  /** Opens the files of the command line; host.info waits for them and tells what could not be opened. */
  openAtStart(files: readonly string[]): Promise<void>
  /** Opens files that come later from outside the pages (second start, operating system); pages are told. */
  open(files: readonly string[]): Promise<void>
  /** Passes a command of a native menu to the pages. */
  command(command: HostCommand): void
  /** Says to the first page that asks that an earlier engine died, and why. */
  reportRestart(reason: string): void
  /** Closes every capture. */
  dispose(): void
}

/** Makes the service of one engine process. */
export function createEngineService(ports: EnginePorts): EngineService {
  const sinks = new Set<EventSink>()
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>): void => {
    for (const sink of sinks) sink(event, payload)
  }
  const keys = new KeyRing(ports, () => {
    emit('keys.changed', {})
  })
  const captures = new Captures({ ports, emit }, keys)
  const context: ServiceContext = { ports, captures: captures.open, emit }
  const names = new NameRegistry()
  const colors = new ColorRules(context)
  const web = new WebViews(context)
  const live = new Live(context, captures)
  const filters = new Filters(context)
  const methods: ServiceMethods = {
    ...hostMethods(context, captures),
    ...captures.methods(),
    ...exportMethods(context, (capture) => {
      live.saved(capture)
    }),
    ...new Rows(context, names, colors).methods(),
    ...searchMethods(context),
    ...new Packets(context, names).methods(),
    ...filters.methods(),
    ...colors.methods(),
    ...decodeAsMethods(context),
    ...overviewMethods(context),
    ...new ConversationTables(context).methods(),
    ...new Diagrams(context, web).methods(),
    ...new Follows(context).methods(),
    ...graphMethods(context),
    ...web.methods(),
    ...keys.methods(),
    ...webArtifactMethods(context, web),
    ...live.methods(),
    ...programMethods(context, live, keys),
    ...new Statistics(context, filters).methods(),
  }
  return {
    methods,
    subscribe(sink) {
      sinks.add(sink)
      return () => sinks.delete(sink)
    },
    openAtStart: (files) => captures.openFiles(files, false),
    open: (files) => captures.openFiles(files, true),
    command(command) {
      emit('host.command', { command })
    },
    reportRestart(reason) {
      captures.problems.push({
        code: 'host/engine-stopped',
        message: `The engine stopped unexpectedly (${reason}) and was started again. Captures have to be opened again; the files themselves are untouched.`,
        where: {},
        retryable: true,
      })
    },
    dispose() {
      keys.dispose()
      for (const capture of [...captures.open.values()]) captures.close(capture)
    },
  }
}
