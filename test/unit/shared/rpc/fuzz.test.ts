import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { METHODS, type Channel, type ClientMessage, type ServerMessage } from '../../../../src/shared/contract'
import { MAX_PENDING_CALLS, serve, type LogEntry, type ServiceMethods } from '../../../../src/shared/rpc/dispatcher'

interface Harness {
  readonly deliver: (message: unknown) => void
  readonly sent: ServerMessage[]
  readonly log: LogEntry[]
}

function harness(methods: ServiceMethods): Harness {
  const sent: ServerMessage[] = []
  const log: LogEntry[] = []
  let handler: ((message: ClientMessage) => void) | undefined
  const channel: Channel<ServerMessage, ClientMessage> = {
    send: (message) => void sent.push(message),
    onMessage: (next) => (handler = next),
    onClose: () => undefined,
    close: () => undefined,
  }
  serve(channel, { methods, subscribe: () => () => undefined }, { onLog: (entry) => log.push(entry) })
  return { deliver: (message) => handler?.(message as ClientMessage), sent, log }
}

const echo = Object.fromEntries(Object.keys(METHODS).map((name) => [name, () => ({})])) as unknown as ServiceMethods
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const name = fc.oneof(fc.constantFrom(...Object.keys(METHODS), '__proto__', 'constructor', 'hasOwnProperty'), fc.string())
const almost = fc.record(
  {
    type: fc.oneof(fc.constantFrom('call', 'cancel'), fc.string()),
    id: fc.oneof(fc.nat(), fc.double(), fc.string(), fc.bigInt()),
    method: fc.oneof(name, fc.anything()),
    params: fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom('captureId', 'number', 'text', 'first', 'count', 'columns', 'path'), fc.anything()),
    ),
  },
  { requiredKeys: [] },
)

describe('the dispatcher', () => {
  it('survives any message whatsoever', async () => {
    const { deliver, sent } = harness(echo)
    fc.assert(
      fc.property(fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }), almost), (message) => {
        deliver(message)
      }),
      { numRuns: 5000 },
    )
    await settled()
    for (const message of sent) expect(['result', 'error']).toContain(message.type)
  })

  it('survives objects that throw when they are read', async () => {
    const { deliver, log } = harness(echo)
    const hostile = {
      get type(): string {
        throw new Error('getter')
      },
    }
    deliver(hostile)
    deliver(
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('proxy')
          },
          has: () => {
            throw new Error('proxy')
          },
        },
      ),
    )
    await settled()
    expect(log.length).toBeGreaterThan(0)
  })

  it('answers each well-formed call exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(), { maxLength: 50 }),
        fc.array(name, { minLength: 50, maxLength: 50 }),
        fc.anything(),
        async (ids, names, params) => {
          const { deliver, sent } = harness(echo)
          ids.forEach((id, index) => {
            deliver({ type: 'call', id, method: (names[index] ?? '').slice(0, 100), params })
          })
          await settled()
          expect(sent.map((message) => ('id' in message ? message.id : -1)).toSorted((a, b) => a - b)).toEqual(
            ids.toSorted((a, b) => a - b),
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  it('does not let a second call with the same id settle the first', async () => {
    let finish: ((value: { row: number; exact: boolean }) => void) | undefined
    const { deliver, sent } = harness({ ...echo, 'rows.find': () => new Promise((resolve) => (finish = resolve)) })
    deliver({ type: 'call', id: 1, method: 'rows.find', params: { captureId: 1, number: 1 } })
    deliver({ type: 'call', id: 1, method: 'host.info', params: {} })
    await settled()
    expect(sent).toEqual([])
    finish?.({ row: 3, exact: true })
    await settled()
    expect(sent).toEqual([{ type: 'result', id: 1, result: { row: 3, exact: true } }])
  })

  it('refuses calls beyond the limit instead of piling them up', async () => {
    const { deliver, sent } = harness({ ...echo, 'rows.find': () => new Promise(() => undefined) })
    for (let id = 0; id <= MAX_PENDING_CALLS; id++) deliver({ type: 'call', id, method: 'rows.find', params: { captureId: 1, number: 1 } })
    await settled()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      type: 'error',
      id: MAX_PENDING_CALLS,
      error: { code: 'rpc/busy', retryable: true },
    })
  })

  it('answers a message that is almost a call, so that its sender is not left waiting', async () => {
    const { deliver, sent } = harness(echo)
    deliver({ type: 'call', id: 4 })
    await settled()
    expect(sent).toMatchObject([{ type: 'error', id: 4, error: { code: 'rpc/bad-argument' } }])
  })
})
