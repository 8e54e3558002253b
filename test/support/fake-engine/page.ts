// Development page: the real interface on the fake engine, in one page. Query: ?scene=NAME (see SCENES), &theme=, &lang=, &layout=.
import { start } from '../../../src/renderer/app/start'
import { createChannelPair } from '../../../src/shared/rpc/channel-pair'
import { createClient } from '../../../src/shared/rpc/client'
import { serve } from '../../../src/shared/rpc/dispatcher'
import { createFakeEngine, type FakeOptions } from './fake-engine'

const small = { name: 'client.pcap', packets: 423, seconds: 5.155 }
const second = { name: 'bulk-loss.pcap', packets: 20_000, seconds: 61 }
const huge = { name: 'big.pcap', packets: 10_000_000, seconds: 3600 }

const SCENES: Readonly<Record<string, Omit<FakeOptions, 'settings'>>> = {
  packets: { captures: [small, second], open: 2 },
  start: { captures: [small, second], open: 0 },
  huge: { captures: [huge], open: 1 },
  indexing: { captures: [{ ...huge, indexMs: 20_000 }], open: 1 },
  damaged: { captures: [{ ...small, damaged: true }], open: 1 },
  empty: { captures: [{ name: 'empty.pcap', packets: 0, seconds: 0 }], open: 1 },
  classic: { captures: [small], open: 1, profile: 'classic' },
  slow: { captures: [second], open: 1, delayMs: 300 },
}

const query = new URLSearchParams(window.location.search)
const scene = SCENES[query.get('scene') ?? 'packets']
const root = document.getElementById('root')
if (scene !== undefined && root !== null) {
  const settings: Record<string, unknown> = {}
  for (const key of ['theme', 'language', 'layout', 'density']) if (query.has(key)) settings[key] = query.get(key)
  const { client, server } = createChannelPair()
  serve(server, createFakeEngine({ ...scene, settings: { theme: 'dark', language: 'en', ...settings } }), {
    onLog: (entry) => {
      console.error(entry)
    },
    checkResults: true,
  })
  const app = await start(createClient(client), root)
  Object.assign(window, {
    app,
    closeChannel: () => {
      server.close()
    },
  })
}
