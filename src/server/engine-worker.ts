// The engine of the browser host, in a worker thread: one service, one dispatcher for each page. Messages on a page's port are JSON text.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { createEngineService } from '../engine/service'
import { findSamplesFolder } from '../node/files/samples'
import { createNodePorts } from '../node/host/engine-ports'
import { spawnHelper } from '../node/live/helper-link'
import { createLiveHost } from '../node/live/live-host'
import { thisSystem } from '../node/live/permission-doctor'
import { createPrograms } from '../node/programs/programs'
import { configFolder } from '../node/settings/config-folder'
import { createLogFile, logFolder } from '../node/settings/log-file'
import { stateFolder } from '../node/settings/state-folder'
import { serve } from '../shared/rpc/dispatcher'
import { serverChannel } from '../shared/rpc/json-channel'
import type { EngineWorkerData, EngineWorkerMessage } from './engine-host'

declare const __APP_VERSION__: string | undefined

const here = dirname(fileURLToPath(import.meta.url))
const version = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'development'
const { files, restartedAfter } = workerData as EngineWorkerData
const programs = createPrograms(join(stateFolder(), 'keys'))
const node = createNodePorts({
  programs,
  kind: 'browser',
  version,
  samplesFolder: findSamplesFolder(here),
  configFolder: configFolder(),
  live: createLiveHost({
    startHelper: (stdin) => spawnHelper(join(here, '..', 'helper', 'index.js'), stdin),
    folder: join(stateFolder(), 'captures'),
    application: `Wireglass ${version}`,
    system: thisSystem(process.execPath),
  }),
})
process.on('exit', node.dispose)
process.on('exit', programs.dispose)
const log = createLogFile(logFolder())
const engine = createEngineService(node.ports)
if (restartedAfter !== '') engine.reportRestart(restartedAfter)
void engine.openAtStart(files)

parentPort?.on('message', (message: EngineWorkerMessage) => {
  const { port } = message
  const channel = serverChannel({
    send: (text) => {
      port.postMessage(text)
    },
    onText: (handler) => port.on('message', handler),
    onClose: (handler) => port.on('close', handler),
    close: () => {
      port.close()
    },
  })
  serve(channel, engine, { onLog: log })
})
