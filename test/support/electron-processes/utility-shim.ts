// Loaded before the program of a utility process: gives it Electron's process.parentPort. When main dies nothing is told here, neither an end of
// the process nor a closed port; Electron may be kinder.
import { EventEmitter } from 'node:events'
import type { FromUtility, ToUtility } from './wire'

function send(message: FromUtility): void {
  if (process.connected) process.send?.(message)
}

/** A port; messages wait until it is started. */
class Port extends EventEmitter {
  private waiting: unknown[] | undefined = []
  private readonly id: number
  constructor(id: number) {
    super()
    this.id = id
  }
  receive(message: unknown): void {
    if (this.waiting === undefined) this.emit('message', { data: message, ports: [] })
    else this.waiting.push(message)
  }
  postMessage(message: unknown): void {
    send({ kind: 'port', id: this.id, message })
  }
  start(): void {
    const waiting = this.waiting ?? []
    this.waiting = undefined
    for (const message of waiting) this.receive(message)
  }
  close(): void {
    send({ kind: 'close', id: this.id })
  }
}

/** The way to main; messages wait until the program listens. */
class ParentPort extends EventEmitter {
  private waiting: unknown[] | undefined = []
  constructor() {
    super()
    this.once('newListener', () => {
      setImmediate(() => {
        const waiting = this.waiting ?? []
        this.waiting = undefined
        for (const event of waiting) this.emit('message', event)
      })
    })
  }
  receive(event: { readonly data: unknown; readonly ports: readonly unknown[] }): void {
    if (this.waiting === undefined) this.emit('message', event)
    else this.waiting.push(event)
  }
  postMessage(message: unknown): void {
    send({ kind: 'parent', message })
  }
}

const parentPort = new ParentPort()
const ports = new Map<number, Port>()
Object.assign(process, { parentPort })

process.on('message', (message: ToUtility) => {
  if (message.kind === 'parent') {
    const given = message.ports.map((id) => new Port(id))
    message.ports.forEach((id, index) => {
      const port = given[index]
      if (port !== undefined) ports.set(id, port)
    })
    parentPort.receive({ data: message.message, ports: given })
  } else if (message.kind === 'port') ports.get(message.id)?.receive(message.message)
  else {
    ports.get(message.id)?.emit('close')
    ports.delete(message.id)
  }
})
