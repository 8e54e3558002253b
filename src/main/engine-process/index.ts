// The engine of the desktop host, in an Electron utility process: one service, one dispatcher for each page's MessagePort.
import { join } from 'node:path'
import { createEngineService, type EngineService } from '../../engine/service'
import { createNodePorts } from '../../node/host/engine-ports'
import { whenParentGone } from '../../node/host/parent-watch'
import { createLiveHost } from '../../node/live/live-host'
import { thisSystem } from '../../node/live/permission-doctor'
import { createPrograms } from '../../node/programs/programs'
import { configFolder } from '../../node/settings/config-folder'
import { createLogFile, logFolder } from '../../node/settings/log-file'
import { stateFolder } from '../../node/settings/state-folder'
import { serve } from '../../shared/rpc/dispatcher'
import { serverChannel } from '../../shared/rpc/json-channel'
import { createDialogs } from './dialogs'
import { createHelperPorts } from './helper-ports'
import type { EngineStart, ToEngine } from './messages'

const dialogs = createDialogs((message) => {
  process.parentPort.postMessage(message)
})
const helpers = createHelperPorts((message) => {
  process.parentPort.postMessage(message)
})
const log = createLogFile(logFolder())
// Without main there is no window any more.
whenParentGone(() => process.exit(0))
let engine: EngineService | undefined

process.parentPort.on('message', ({ data, ports }: { data: ToEngine; ports: Electron.MessagePortMain[] }) => {
  switch (data.type) {
    case 'start':
      engine = start(data.settings)
      return
    case 'page': {
      const port = ports[0]
      if (engine !== undefined && port !== undefined) serve(portChannel(port), engine, { onLog: log })
      return
    }
    case 'open':
      void engine?.open(data.files)
      return
    case 'command':
      engine?.command(data.command)
      return
    case 'dialog-result':
      dialogs.answer(data.id, data.path)
      return
    case 'helper': {
      const port = ports[0]
      if (port !== undefined) helpers.attach(data.id, port)
      return
    }
  }
})

function start(settings: EngineStart): EngineService {
  const programs = createPrograms(join(stateFolder(), 'keys'))
  const node = createNodePorts({
    programs,
    kind: 'desktop',
    version: settings.version,
    samplesFolder: settings.samplesFolder,
    configFolder: configFolder(),
    dialogs,
    live: createLiveHost({
      startHelper: helpers.start,
      folder: join(stateFolder(), 'captures'),
      application: `Wireglass ${settings.version}`,
      // The program carries its own Node, which must not get rights.
      system: thisSystem(undefined),
    }),
  })
  process.on('exit', node.dispose)
  process.on('exit', programs.dispose)
  const started = createEngineService(node.ports)
  if (settings.restartedAfter !== '') started.reportRestart(settings.restartedAfter)
  void started.openAtStart(settings.files)
  return started
}

function portChannel(port: Electron.MessagePortMain): ReturnType<typeof serverChannel> {
  return serverChannel({
    send: (text) => {
      port.postMessage(text)
    },
    onText: (handler) => {
      port.on('message', ({ data }) => {
        handler(data)
      })
      port.start()
    },
    onClose: (handler) => port.on('close', handler),
    close: () => {
      port.close()
    },
  })
}
