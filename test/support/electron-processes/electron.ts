// Electron's utility processes and message ports, as far as main uses them to run the engine and its helpers, on Node's own child processes: what
// main forks is a real process, and every port's messages go through main. Bundled in place of 'electron' (see main-process.ts).
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { FromUtility, ToUtility } from './wire'

/** Where a port is: in a child, or here. */
type Place = ChildProcess | MessagePortMain

const places = new Map<number, Place>()
let nextPort = 0

/** Ports of a channel differ in the last bit. */
const otherEnd = (id: number): number => id ^ 1

function deliver(id: number, message: unknown): void {
  const place = places.get(id)
  if (place === undefined) return
  if (place instanceof MessagePortMain) place.emit('message', { data: message, ports: [] })
  else tell(place, { kind: 'port', id, message })
}

function closeEnd(id: number): void {
  const place = places.get(otherEnd(id))
  places.delete(id)
  places.delete(otherEnd(id))
  if (place instanceof MessagePortMain) place.emit('close')
  else if (place !== undefined) tell(place, { kind: 'close', id: otherEnd(id) })
}

function tell(child: ChildProcess, message: ToUtility): void {
  if (child.connected) child.send(message)
}

/** One end of a channel. */
export class MessagePortMain extends EventEmitter {
  readonly id: number
  constructor(id: number) {
    super()
    this.id = id
    places.set(id, this)
  }
  postMessage(message: unknown): void {
    deliver(otherEnd(this.id), message)
  }
  start(): void {
    // Nothing comes before somebody listens: main's own ports are listened to at once.
  }
  close(): void {
    closeEnd(this.id)
  }
}

/** Two joined ports. */
export class MessageChannelMain {
  readonly port1 = new MessagePortMain(nextPort)
  readonly port2 = new MessagePortMain(nextPort + 1)
  constructor() {
    nextPort += 2
  }
}

/** A process that main forked. */
class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess

  constructor(modulePath: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    super()
    const shim = join(import.meta.dirname, 'utility-shim.mjs')
    this.child = fork(modulePath, args, { env, execArgv: ['--import', shim], stdio: 'ignore' })
    this.child.on('message', (message: FromUtility) => {
      if (message.kind === 'parent') this.emit('message', message.message)
      else if (message.kind === 'port') deliver(otherEnd(message.id), message.message)
      else closeEnd(message.id)
    })
    this.child.on('exit', (code) => {
      for (const [id, place] of places) if (place === this.child) closeEnd(id)
      this.emit('exit', code ?? 1)
    })
  }
  postMessage(message: unknown, ports: readonly MessagePortMain[] = []): void {
    for (const port of ports) places.set(port.id, this.child)
    tell(this.child, { kind: 'parent', message, ports: ports.map((port) => port.id) })
  }
  kill(): boolean {
    return this.child.kill()
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[], options: { readonly env?: NodeJS.ProcessEnv }): UtilityProcess =>
    new UtilityProcess(modulePath, args, options.env ?? {}),
}
