// Live capture outside React: the running capture, the interfaces of this machine and how busy they are.
import type { LiveCapture, LiveDiagnosis, LiveInterface, LiveSpool } from '../../shared/contract'
import type { EngineClient } from '../../shared/rpc/client'
import { createStore } from './store'

/** Seconds that a sparkline shows. */
export const RATE_SECONDS = 60

/** What is known of the interfaces. */
export interface InterfaceList {
  /** null until they were asked for. */
  readonly interfaces: readonly LiveInterface[] | null
  /** Packets per second by interface, oldest first; absent where the system does not count. */
  readonly rates: Readonly<Record<string, readonly number[]>>
  readonly error: unknown
}

/** Live capture of one page. */
export class LiveModel {
  /** The running capture, or the last one. */
  readonly capture = createStore<LiveCapture | null>(null)
  readonly list = createStore<InterfaceList>({ interfaces: null, rates: {}, error: null })
  readonly diagnosis = createStore<LiveDiagnosis | null>(null)
  readonly spools = createStore<readonly LiveSpool[]>([])
  private readonly client: EngineClient
  private counters: { readonly at: number; readonly packets: Readonly<Record<string, number>> } | null = null

  constructor(client: EngineClient) {
    this.client = client
    client.on('live.changed', (state) => {
      this.capture.set(state)
    })
  }

  /** True while packets are captured into that capture. */
  isRunning(captureId: number): boolean {
    const state = this.capture.get()
    return state?.running === true && state.captureId === captureId
  }

  /** Asks for what an earlier page may have left running, and for what a crash may have left behind. */
  async load(): Promise<void> {
    this.capture.set((await this.client.call('live.state', {})).live)
    await this.loadSpools()
  }

  async loadSpools(): Promise<void> {
    this.spools.set((await this.client.call('live.spools', {})).spools)
  }

  async diagnose(): Promise<void> {
    this.diagnosis.set(await this.client.call('live.diagnose', {}))
  }

  /** Reads the interfaces again; a failure stays beside the last list. */
  async loadInterfaces(): Promise<void> {
    try {
      const { interfaces } = await this.client.call('live.interfaces', {})
      this.list.set((previous) => ({ ...previous, interfaces, error: null }))
    } catch (error) {
      this.list.set((previous) => ({ ...previous, interfaces: previous.interfaces ?? [], error }))
    }
  }

  /** Counts once; called every second while the interfaces are on screen. */
  async count(now: number): Promise<void> {
    const { packets } = await this.client.call('live.counters', {})
    const before = this.counters
    this.counters = { at: now, packets }
    if (before === null || now <= before.at) return
    const seconds = (now - before.at) / 1000
    this.list.set((previous) => {
      const rates: Record<string, readonly number[]> = {}
      for (const [name, total] of Object.entries(packets)) {
        const rate = Math.max(0, (total - (before.packets[name] ?? total)) / seconds)
        rates[name] = [...(previous.rates[name] ?? []), rate].slice(-RATE_SECONDS)
      }
      return { ...previous, rates }
    })
  }
}

/** Whether an interface is worth showing at once: it is up and can carry something. */
export function isLively(one: LiveInterface, counted: boolean): boolean {
  return one.up && (one.addresses.length > 0 || (counted && one.connected !== false))
}
