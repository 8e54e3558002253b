import { afterEach, describe, expect, it } from 'vitest'
import type { Channel, ClientMessage, ServerMessage } from '../../../../src/shared/contract'
import { METHODS } from '../../../../src/shared/contract'
import { FilterError, TraceError } from '../../../../src/shared/errors'
import { createCancelSource } from '../../../../src/shared/rpc/cancel'
import { createChannelPair } from '../../../../src/shared/rpc/channel-pair'
import { createClient, type EngineClient } from '../../../../src/shared/rpc/client'
import { serve, type EventSink, type LogEntry, type ServiceMethods } from '../../../../src/shared/rpc/dispatcher'
import { isCancelled, RpcError } from '../../../../src/shared/rpc/problem'
import { rpcProtocols, tokenOfProtocols } from '../../../../src/shared/rpc/websocket'

let client: EngineClient
afterEach(() => {
  client.close()
})

/** A service whose methods all fail, but for those given. */
function fakeMethods(some: Partial<ServiceMethods>): ServiceMethods {
  const all = Object.fromEntries(
    Object.keys(METHODS).map((name) => [
      name,
      () => {
        throw new Error(`secret detail of ${name}`)
      },
    ]),
  )
  return { ...all, ...some } as unknown as ServiceMethods
}

function connect(some: Partial<ServiceMethods>): { log: LogEntry[]; emit: EventSink } {
  const log: LogEntry[] = []
  const sinks = new Set<EventSink>()
  const pair = createChannelPair()
  serve(
    pair.server,
    {
      methods: fakeMethods(some),
      subscribe(sink) {
        sinks.add(sink)
        return () => sinks.delete(sink)
      },
    },
    { onLog: (entry) => log.push(entry), checkResults: true },
  )
  client = createClient(pair.client)
  return {
    log,
    emit: (event, payload) => {
      for (const sink of sinks) sink(event, payload)
    },
  }
}

async function failure(promise: Promise<unknown>): Promise<RpcError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(RpcError)
  return error as RpcError
}

describe('a call', () => {
  it('returns the result of the method', async () => {
    connect({ 'rows.find': ({ captureId, number }) => ({ row: captureId * 100 + number, exact: true }) })
    expect(await client.call('rows.find', { captureId: 2, number: 7 })).toEqual({ row: 207, exact: true })
  })

  it('is refused when an argument is wrong, and the answer names the argument', async () => {
    connect({ 'rows.find': () => ({ row: 1, exact: true }) })
    const error = await failure(client.call('rows.find', { captureId: 2, number: 0 }))
    expect(error).toMatchObject({ code: 'rpc/bad-argument', retryable: false })
    expect(error.message).toContain('rows.find: argument "number"')
  })

  it('is refused when the method does not exist, even one that every object has', async () => {
    connect({})
    for (const name of ['rows.everything', 'constructor', '__proto__', 'toString']) {
      const error = await failure(client.call(name as 'host.info', {}))
      expect(error.code).toBe('rpc/unknown-method')
    }
  })

  it('carries the place of an error, also in a filter text', async () => {
    connect({
      'capture.info': () => {
        throw new TraceError('pcapng/bad-block-length', 'block length 13', {
          file: 'a.pcapng',
          offset: 8000,
          packet: 812,
        })
      },
      'filter.apply': () => {
        throw new FilterError('filter/unknown-field', { en: 'no such field', zh: '没有这个字段' }, 3, 9)
      },
    })
    expect(await failure(client.call('capture.info', { captureId: 1 }))).toMatchObject({
      code: 'pcapng/bad-block-length',
      message: 'block length 13',
      where: { file: 'a.pcapng', offset: 8000, packet: 812 },
    })
    expect((await failure(client.call('filter.apply', { captureId: 1, text: 'tcp.x' }))).where).toEqual({
      start: 3,
      end: 9,
    })
  })

  it('hides what an unexpected error says and names the log entry that holds it', async () => {
    const { log } = connect({})
    const error = await failure(client.call('host.info', {}))
    expect(error.code).toBe('internal')
    expect(error.message).not.toContain('secret')
    expect(log).toHaveLength(1)
    expect(error.message).toContain(log[0]?.id)
    expect(String(log[0]?.error)).toContain('secret detail of host.info')
  })

  it('reports progress until it is done', async () => {
    const seen: unknown[] = []
    connect({
      'filter.apply': (_params, context) => {
        context.progress({ done: 1, total: 2, matched: 1 })
        throw new TraceError('filter/syntax', 'no')
      },
    })
    await failure(client.call('filter.apply', { captureId: 1, text: '' }, { onProgress: (progress) => seen.push(progress) }))
    expect(seen).toEqual([{ done: 1, total: 2, matched: 1 }])
  })
})

describe('cancelling', () => {
  it('frees the caller at once and tells the method', async () => {
    let told: (() => void) | undefined
    const heard = new Promise<void>((resolve) => (told = resolve))
    let started: (() => void) | undefined
    const running = new Promise<void>((resolve) => (started = resolve))
    connect({
      'filter.apply': (_params, { cancel }) => {
        started?.()
        return new Promise((_resolve, reject) => {
          cancel.addEventListener('abort', () => {
            told?.()
            reject(new TraceError('rpc/cancelled', 'cancelled'))
          })
        })
      },
    })
    const controller = new AbortController()
    const call = client.call('filter.apply', { captureId: 1, text: 'tcp' }, { signal: controller.signal })
    await running
    controller.abort()
    expect(isCancelled(await failure(call))).toBe(true)
    await heard
  })

  it('does not send a call that is cancelled already', async () => {
    let calls = 0
    connect({
      'rows.find': () => {
        calls += 1
        return { row: 1, exact: true }
      },
    })
    expect((await failure(client.call('rows.find', { captureId: 1, number: 1 }, { signal: AbortSignal.abort() }))).code).toBe(
      'rpc/cancelled',
    )
    await client.call('rows.find', { captureId: 1, number: 1 })
    expect(calls).toBe(1)
  })

  it('reaches calls that are under way when the page goes away', async () => {
    let told: (() => void) | undefined
    const heard = new Promise<void>((resolve) => (told = resolve))
    let started: (() => void) | undefined
    const running = new Promise<void>((resolve) => (started = resolve))
    connect({
      'filter.apply': (_params, { cancel }) => {
        cancel.addEventListener('abort', () => told?.())
        started?.()
        return new Promise(() => undefined)
      },
    })
    const call = failure(client.call('filter.apply', { captureId: 1, text: 'tcp' }))
    await running
    client.close()
    expect((await call).code).toBe('rpc/closed')
    await heard
  })

  it('runs each listener once, whatever another one throws', () => {
    const source = createCancelSource()
    const heard: number[] = []
    source.cancel.addEventListener('abort', () => {
      heard.push(1)
      throw new Error('listener')
    })
    source.cancel.addEventListener('abort', () => heard.push(2))
    const removed = (): void => void heard.push(3)
    source.cancel.addEventListener('abort', removed)
    source.cancel.removeEventListener('abort', removed)
    source.abort()
    source.abort()
    expect(heard).toEqual([1, 2])
    expect(source.cancel.aborted).toBe(true)
  })
})

describe('events', () => {
  it('reach every listener until it stops listening', async () => {
    const { emit } = connect({ 'rows.find': () => ({ row: 1, exact: true }) })
    const first: string[] = []
    const second: string[] = []
    const stop = client.on('host.command', ({ command }) => first.push(command))
    client.on('host.command', ({ command }) => second.push(command))
    emit('host.command', { command: 'open' })
    await client.call('rows.find', { captureId: 1, number: 1 })
    stop()
    emit('host.command', { command: 'close' })
    await client.call('rows.find', { captureId: 1, number: 1 })
    expect({ first, second }).toEqual({ first: ['open'], second: ['open', 'close'] })
  })
})

describe('closing', () => {
  it('tells the interface once, also one that asks late', async () => {
    connect({})
    let told = 0
    client.onClose(() => (told += 1))
    client.close()
    client.close()
    client.onClose(() => (told += 1))
    expect(told).toBe(2)
    expect((await failure(client.call('host.info', {}))).code).toBe('rpc/closed')
  })
})

describe('a client whose channel carries unknown messages', () => {
  it('ignores them', async () => {
    let deliver: ((message: ServerMessage) => void) | undefined
    const channel: Channel<ClientMessage, ServerMessage> = {
      send: (message) => {
        if (message.type === 'call') deliver?.({ type: 'result', id: message.id, result: { row: 5, exact: true } })
      },
      onMessage: (handler) => (deliver = handler),
      onClose: () => undefined,
      close: () => undefined,
    }
    client = createClient(channel)
    deliver?.({ type: 'something-new' } as unknown as ServerMessage)
    deliver?.({ type: 'result', id: 999, result: {} })
    deliver?.({ type: 'progress', id: 999, progress: { done: 1, total: 1 } })
    expect(await client.call('rows.find', { captureId: 1, number: 1 })).toEqual({ row: 5, exact: true })
  })
})

describe('the WebSocket subprotocol', () => {
  it('carries the token and nothing is found where there is none', () => {
    client = createClient(createChannelPair().client)
    expect(tokenOfProtocols(rpcProtocols('abc').join(', '))).toBe('abc')
    expect(tokenOfProtocols('wireglass.1')).toBe('')
    expect(tokenOfProtocols('')).toBe('')
  })
})
