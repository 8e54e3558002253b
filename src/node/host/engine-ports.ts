// The engine's ports for a Node process: files, documents, clock, scheduling. Used by the browser host's worker and the desktop's utility process.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, resolve } from 'node:path'
import type { EnginePorts, HostPort, LivePort, OpenedSource, ProgramsPort, SourceSpec } from '../../engine/service'
import { openSource, openStream } from '../capture-source/open-source'
import { listDirectory } from '../files/directory-listing'
import { createOutputFile } from '../files/output-file'
import { nodeKeyFiles } from '../files/key-files'
import { createSamples } from '../files/samples'
import { createUploadSpool, type UploadSpool } from '../files/upload-spool'
import { createDocumentStore } from '../settings/document-store'
import { createRecentFiles } from '../settings/recent-files'
import { nodePictures } from '../pictures/pictures'
import { nodeSignatureCheck } from './certificate-signatures'
import { nodeCiphers } from './ciphers'
import { nodeInflate } from './inflate'

/** A file written to this recently may still be growing. */
const GROWING_MS = 5_000

/** A packet is to be on the screen within 300 ms: helper, this, index and page share them. */
const LIVE_POLL_MS = 40

/** What differs between hosts. */
export interface NodeEngineOptions {
  readonly kind: HostPort['kind']
  readonly version: string
  /** Where the sample captures are; '' for none. */
  readonly samplesFolder: string
  /** Where the user's documents are. */
  readonly configFolder: string
  /** Native dialogs; left out where there are none. */
  readonly dialogs?: Pick<HostPort, 'openDialog' | 'saveDialog'>
  /** Capturing; left out where nothing can be captured. */
  readonly live?: LivePort
  /** Starting programs to record; left out where none can be. */
  readonly programs?: ProgramsPort
}

/** Ports, and what has to be released when the process ends. */
export interface NodeEnginePorts {
  readonly ports: EnginePorts
  /** Removes temporary files. */
  readonly dispose: () => void
}

/** Makes the ports. */
export function createNodePorts(options: NodeEngineOptions): NodeEnginePorts {
  const documents = createDocumentStore(options.configFolder)
  const recent = createRecentFiles(documents)
  const samples = createSamples(options.samplesFolder)
  const uploads = createUploadSpool()
  const none = (): Promise<null> => Promise.resolve(null)
  return {
    ports: {
      host: {
        kind: options.kind,
        version: options.version,
        platform: process.platform,
        nativeDialogs: options.dialogs !== undefined,
        homeFolder: homedir(),
        openDialog: options.dialogs?.openDialog ?? none,
        saveDialog: options.dialogs?.saveDialog ?? none,
      },
      files: {
        open: async (spec) => {
          switch (spec.kind) {
            case 'path':
              return openPath(spec.path)
            case 'sample': {
              const { path, name } = await samples.find(spec.id)
              return { source: await openSource(path), name, path: null }
            }
            case 'upload':
              return openUpload(uploads, spec)
            case 'live':
              return openLive(spec)
          }
        },
        create: createOutputFile,
        list: listDirectory,
        samples: samples.list,
        recent: recent.list,
        remember: recent.remember,
        forget: recent.forget,
        uploadStart: uploads.start,
        uploadPiece: uploads.piece,
      },
      documents,
      clock: {
        now: () => performance.now(),
        wallTimeMs: () => Date.now(),
        zoneOffsetMinutes: (epochSeconds) => {
          const offset = -new Date(epochSeconds * 1000).getTimezoneOffset()
          // Times that Date cannot hold are shown in UTC.
          return Number.isFinite(offset) ? offset : 0
        },
      },
      scheduler: {
        yield: () =>
          new Promise((done) => {
            setImmediate(done)
          }),
        after(ms, callback) {
          const timer = setTimeout(callback, ms)
          timer.unref()
          return () => {
            clearTimeout(timer)
          }
        },
      },
      inflate: nodeInflate,
      ciphers: nodeCiphers,
      signatures: nodeSignatureCheck,
      keyFiles: nodeKeyFiles,
      pictures: nodePictures,
      ...(options.live === undefined ? {} : { live: options.live }),
      ...(options.programs === undefined ? {} : { programs: options.programs }),
    },
    dispose: uploads.dispose,
  }
}

async function openPath(path: string): Promise<OpenedSource> {
  if (path === '-') {
    // By descriptor: in a worker thread process.stdin is empty.
    return { source: await openStream('-', createReadStream('', { fd: 0, autoClose: false })), name: 'standard input', path: null }
  }
  const full = resolve(path)
  const found = await stat(full).catch(() => undefined)
  const follow = found?.isFile() === true && Date.now() - found.mtimeMs < GROWING_MS
  return { source: await openSource(full, { follow }), name: basename(full), path: full }
}

async function openLive({ path, name, temporary, growing }: Extract<SourceSpec, { kind: 'live' }>): Promise<OpenedSource> {
  const source = await openSource(path, { follow: growing, pollMs: LIVE_POLL_MS })
  return { source, name, path: temporary ? null : path, live: growing, temporary }
}

async function openUpload(uploads: UploadSpool, spec: Extract<SourceSpec, { kind: 'upload' }>): Promise<OpenedSource> {
  const { path, name, remove } = uploads.finish(spec.uploadId)
  try {
    return { source: await openSource(path), name, path: null, released: remove }
  } catch (error) {
    remove()
    throw error
  }
}
