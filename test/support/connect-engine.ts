// An RPC client on an engine in the same process, over the product's own dispatcher and messages.
import { createChannelPair } from '../../src/shared/rpc/channel-pair'
import { createClient, type EngineClient } from '../../src/shared/rpc/client'
import { serve, type ServedEngine } from '../../src/shared/rpc/dispatcher'

/** Serves an engine and returns a client of it. Results are checked against the contract; internal errors fail loudly. */
export function connectEngine(engine: ServedEngine): EngineClient {
  const { client, server } = createChannelPair()
  serve(server, engine, {
    checkResults: true,
    onLog: (entry) => {
      console.error(entry.method, entry.error)
    },
  })
  return createClient(client)
}
