// The capture helper: a process of its own that parses no packet. It speaks JSON lines on standard input and output, or messages on the port that
// Electron gives a utility process. When the other end goes away, the capture ends and its file is closed.
import { createInterface } from 'node:readline'
import { whenParentGone } from '../host/parent-watch'
import { Helper } from './capture-runs'
import type { HelperMessage, HelperQuestion } from './messages'

/** Electron's port, as far as it is used; absent in Node. */
interface ParentPort {
  on(event: 'message', handler: (event: { readonly data: unknown; readonly ports: readonly MessagePortLike[] }) => void): void
}
interface MessagePortLike {
  on(event: 'message', handler: (event: { readonly data: unknown }) => void): void
  on(event: 'close', handler: () => void): void
  start(): void
  postMessage(message: unknown): void
}

const parentPort = (process as unknown as { readonly parentPort?: ParentPort }).parentPort
if (parentPort === undefined) serveLines()
else {
  // Main hands over a port whose other end is the engine's.
  parentPort.on('message', ({ ports }) => {
    const [port] = ports
    if (port !== undefined) servePort(port)
  })
}

function serveLines(): void {
  const helper = helperFor((message) => {
    process.stdout.write(`${JSON.stringify(message)}\n`)
  })
  // The host died while something was written to it: its end of standard input closes too.
  process.stdout.on('error', () => undefined)
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    void helper.ask(JSON.parse(line) as HelperQuestion)
  })
  lines.on('close', () => void leave(helper))
}

function servePort(port: MessagePortLike): void {
  const helper = helperFor((message) => {
    port.postMessage(message)
  })
  port.on('message', ({ data }) => void helper.ask(data as HelperQuestion))
  port.on('close', () => void leave(helper))
  port.start()
}

function helperFor(send: (message: HelperMessage) => void): Helper {
  const helper = new Helper(send, async ({ interfaces }) => {
    if (process.platform !== 'linux') return
    try {
      const { dropPrivileges } = await import('./privileges')
      dropPrivileges(interfaces.some((one) => one.monitor))
    } catch {
      // No koffi for this system: then libpcap was not called through it either, and dumpcap looks after itself.
    }
  })
  // The terminal's Ctrl+C goes to the whole group; the host decides when the capture ends.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(helper))
  whenParentGone(() => void leave(helper))
  return helper
}

async function leave(helper: Helper): Promise<void> {
  try {
    await helper.close()
  } finally {
    process.exit(0)
  }
}
