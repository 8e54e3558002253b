// An engine service over memory: files that exist only in the test, a clock that the test owns, and a client that speaks the real RPC to it.
import type { ByteSource } from '../../src/engine/bytes/byte-source'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { createEngineService, type EnginePorts, type EngineService, type GrowingSource, type LivePort } from '../../src/engine/service'
import { nodeSignatureCheck } from '../../src/node/host/certificate-signatures'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'
import { nodePictures } from '../../src/node/pictures/pictures'
import type { CaptureInfo, EventPayload } from '../../src/shared/contract'
import { TraceError } from '../../src/shared/errors'
import { createChannelPair } from '../../src/shared/rpc/channel-pair'
import { createClient, type EngineClient } from '../../src/shared/rpc/client'
import { serve, type LogEntry } from '../../src/shared/rpc/dispatcher'

/** The pieces of a running engine that tests look at. */
export interface EngineHarness {
  readonly client: EngineClient
  readonly service: EngineService
  /** Files by path; add to them before opening. A function makes a source of its own kind. */
  readonly files: Map<string, Uint8Array | (() => GrowingSource)>
  /** Files with keys, and the way to tell that one has changed. */
  readonly keyFiles: Map<string, string>
  keyFileChanged(path: string): void
  /** Files that were saved. */
  readonly saved: Map<string, Uint8Array>
  readonly documents: Map<string, string>
  readonly recent: string[]
  readonly events: EventPayload<'capture.changed'>[]
  readonly log: LogEntry[]
  /** Paths whose sources were closed. */
  readonly closed: string[]
  /** Minutes east of UTC. */
  zoneMinutes: number
  /** Makes the next write to a saved file fail. */
  failWrites: boolean
  /** Opens a file and waits until it is indexed. */
  open(path: string): Promise<CaptureInfo>
}

/** Starts an engine. */
export function startEngine(
  options: { readonly kind?: 'desktop' | 'browser'; readonly documents?: Record<string, string>; readonly live?: LivePort } = {},
): EngineHarness {
  const watched = new Map<string, () => void>()
  const harness = {
    files: new Map<string, Uint8Array | (() => GrowingSource)>(),
    saved: new Map<string, Uint8Array>(),
    documents: new Map(Object.entries(options.documents ?? {})),
    recent: [] as string[],
    events: [] as EventPayload<'capture.changed'>[],
    log: [] as LogEntry[],
    closed: [] as string[],
    zoneMinutes: 0,
    failWrites: false,
    keyFiles: new Map<string, string>(),
    keyFileChanged: (path: string) => watched.get(path)?.(),
  }
  const openFile = (path: string): ByteSource => {
    const found = harness.files.get(path)
    if (found === undefined) throw new TraceError('io/not-found', `Cannot read ${path}: there is no such file.`, { file: path })
    const source = found instanceof Uint8Array ? memorySource(found, path) : found()
    return new Proxy(source, {
      get(target, name) {
        if (name === 'close') harness.closed.push(path)
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  }
  const ports: EnginePorts = {
    ...(options.live === undefined ? {} : { live: options.live }),
    host: {
      kind: options.kind ?? 'browser',
      version: '9.9.9',
      platform: 'linux',
      nativeDialogs: options.kind === 'desktop',
      homeFolder: '/home/u',
      openDialog: () => Promise.resolve('/home/u/chosen.pcap'),
      saveDialog: (name, format) => Promise.resolve(`/home/u/${name}.${format}`),
    },
    files: {
      open: (spec) =>
        new Promise((resolve) => {
          const path =
            spec.kind === 'path' || spec.kind === 'live'
              ? spec.path
              : spec.kind === 'sample'
                ? `sample:${spec.id}`
                : `upload:${spec.uploadId}`
          const name = path.split(/[/:]/).at(-1) ?? path
          resolve({
            source: openFile(path),
            name,
            path: spec.kind === 'path' || (spec.kind === 'live' && !spec.temporary) ? path : null,
            ...(spec.kind === 'live' ? { live: spec.growing, temporary: spec.temporary } : {}),
          })
        }),
      create: (path, overwrite) => {
        if (harness.saved.has(path) && !overwrite) throw new TraceError('io/exists', `${path} exists already.`, { file: path })
        const parts: Uint8Array[] = []
        return {
          path,
          file: {
            write(bytes) {
              if (harness.failWrites) throw new TraceError('io/no-space', `Cannot write ${path}: the disk is full.`, { file: path })
              parts.push(bytes.slice())
            },
            commit() {
              harness.saved.set(path, new Uint8Array(Buffer.concat(parts)))
            },
            abort() {
              parts.length = 0
            },
          },
        }
      },
      list: (path) => Promise.resolve({ path, parent: null, entries: [] }),
      samples: () =>
        Promise.resolve(
          [...harness.files.keys()]
            .filter((path) => path.startsWith('sample:'))
            .map((path) => ({ id: path.slice(7), file: `${path.slice(7)}.pcap`, size: 1, packets: 0 })),
        ),
      recent: () => Promise.resolve(harness.recent.map((path) => ({ path, name: path, size: 0, openedMs: 0, exists: true }))),
      remember: (path) => void harness.recent.unshift(path),
      forget: (path) =>
        void harness.recent.splice(0, harness.recent.length, ...(path === null ? [] : harness.recent.filter((one) => one !== path))),
      uploadStart: () => 1,
      uploadPiece: (_id, bytes) => Buffer.from(bytes, 'base64').length,
    },
    documents: { read: (name) => harness.documents.get(name) ?? null, write: (name, text) => void harness.documents.set(name, text) },
    clock: { now: () => performance.now(), wallTimeMs: () => 1_700_000_000_000, zoneOffsetMinutes: () => harness.zoneMinutes },
    scheduler: {
      yield: () => new Promise((resolve) => setImmediate(resolve)),
      after: (ms, callback) => {
        const timer = setTimeout(callback, Math.min(ms, 30))
        return () => {
          clearTimeout(timer)
        }
      },
    },
    inflate: nodeInflate,
    ciphers: nodeCiphers,
    signatures: nodeSignatureCheck,
    keyFiles: {
      read: (path) => {
        const text = harness.keyFiles.get(path)
        if (text === undefined) throw new TraceError('io/not-found', `Cannot read ${path}: there is no such file.`, { file: path })
        return text
      },
      watch: (path, changed) => {
        watched.set(path, changed)
        return () => watched.delete(path)
      },
    },
    pictures: nodePictures,
  }
  const service = createEngineService(ports)
  const pair = createChannelPair()
  serve(pair.server, service, { onLog: (entry) => harness.log.push(entry), checkResults: true })
  const client = createClient(pair.client)
  client.on('capture.changed', (info) => harness.events.push(info))
  return Object.assign(harness, {
    client,
    service,
    async open(path: string): Promise<CaptureInfo> {
      const opened = await client.call('capture.open', { source: { kind: 'path', path } })
      for (let info = opened; ; info = await client.call('capture.info', { captureId: opened.captureId })) {
        if (info.state !== 'indexing') return info
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  })
}
