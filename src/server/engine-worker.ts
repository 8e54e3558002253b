// The engine of the browser host, in a worker thread: one service, one dispatcher for each page. Messages on a page's port are JSON text.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { createEngineService } from '../engine/service'
import { findSamplesFolder } from '../node/files/samples'
import { createNodePorts } from '../node/host/engine-ports'
import { configFolder } from '../node/settings/config-folder'
import { createLogFile, logFolder } from '../node/settings/log-file'
import type { Channel, ClientMessage, ServerMessage } from '../shared/contract'
import { serve } from '../shared/rpc/dispatcher'
import type { EngineWorkerData, EngineWorkerMessage } from './engine-host'

declare const __APP_VERSION__: string | undefined

const here = dirname(fileURLToPath(import.meta.url))
const { files, restartedAfter } = workerData as EngineWorkerData
const node = createNodePorts({
  kind: 'browser',
  version: typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'development',
  samplesFolder: findSamplesFolder(here),
  configFolder: configFolder(),
})
process.on('exit', node.dispose)
const log = createLogFile(logFolder())
const engine = createEngineService(node.ports)
if (restartedAfter !== '') engine.reportRestart(restartedAfter)
void engine.open(files)

parentPort?.on('message', (message: EngineWorkerMessage) => {
  serve(jsonChannel(message.port), engine, { onLog: log })
})

/** A page's port: text in, text out. */
function jsonChannel(port: MessagePort): Channel<ServerMessage, ClientMessage> {
  return {
    send: (message) => {
      port.postMessage(JSON.stringify(message))
    },
    onMessage: (handler) => {
      port.on('message', (text: unknown) => {
        handler(parse(text) as ClientMessage)
      })
    },
    onClose: (handler) => {
      port.on('close', handler)
    },
    close: () => {
      port.close()
    },
  }
}

/** What is not JSON becomes undefined, which the dispatcher refuses like any other wrong message. */
function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
