// Hands the engine's MessagePort to the page and does nothing else: no API is exposed, and the page never sees Electron.
import { ipcRenderer } from 'electron'

// A sandboxed preload script is one file of its own and shares no code with main; test/unit/main holds these names against main/channels.ts.
const CONNECT_CHANNEL = 'wireglass:connect'
const PORT_CHANNEL = 'wireglass:port'
const ENGINE_STOPPED_CHANNEL = 'wireglass:engine-stopped'

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== location.origin) return
  const message = event.data
  if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'wireglass-ready')
    ipcRenderer.send(CONNECT_CHANNEL)
})

ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage({ type: 'wireglass-port' }, location.origin, [...event.ports])
})

ipcRenderer.on(ENGINE_STOPPED_CHANNEL, (_event, details: { message: string; restarted: boolean }) => {
  window.postMessage({ type: 'wireglass-engine-stopped', message: details.message, restarted: details.restarted }, location.origin)
})
