// Random calls on the whole service: whatever a page asks, it gets a result or an error meant for people, never an internal one.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { METHODS, type MethodName, type Params } from '../../../../src/shared/contract'
import { isCancelled, RpcError } from '../../../../src/shared/rpc/problem'
import { arbitraryOf } from '../../../support/arbitrary-of-schema'
import { startEngine } from '../../../support/engine-harness'
import { arpRequest, pcapFile, udpDatagram } from '../../../support/pcap-builder'

const file = pcapFile([
  { bytes: arpRequest(1, 2), seconds: 1 },
  { bytes: udpDatagram(1, 2, 53, new Uint8Array(40)), seconds: 2 },
  { bytes: udpDatagram(2, 1, 9999, new TextEncoder().encode('=cmd\u202e')), seconds: 3 },
  { bytes: new Uint8Array(3), seconds: 4, originalLength: 60 },
])

const call = fc
  .constantFrom(...(Object.keys(METHODS) as MethodName[]))
  .chain((method) => arbitraryOf(METHODS[method].params).map((params) => ({ method, params: params as Params<MethodName> })))

it('answers any sequence of valid calls', async () => {
  let answered = 0
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 25 }), async (calls) => {
      const engine = startEngine()
      engine.files.set('/x/a.pcap', file)
      const { captureId } = await engine.open('/x/a.pcap')
      for (const { method, params } of calls) {
        // Most calls are about the capture that is open.
        const aimed = 'captureId' in params && params.captureId !== null ? { ...params, captureId } : params
        try {
          await engine.client.call(method, aimed)
          answered += 1
        } catch (error) {
          if (!(error instanceof RpcError)) throw error
          if (error.code === 'internal')
            throw new Error(`${method}(${JSON.stringify(aimed)}): ${String(engine.log.at(-1)?.error)}`, { cause: engine.log.at(-1)?.error })
          if (isCancelled(error)) throw new Error(`${method} was cancelled by nobody`)
        }
      }
      engine.client.close()
      engine.service.dispose()
    }),
    { numRuns: 150 },
  )
  expect(answered).toBeGreaterThan(200)
}, 120_000)
