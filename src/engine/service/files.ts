// The host: what it is, its files, dialogs and the user's settings.
import { METHODS, type SampleInfo } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { openCapture } from '../capture/open'
import type { Captures } from './captures'
import type { ServiceContext } from './context'
import { SETTINGS_DOCUMENT } from './filter-macros'

const Settings = METHODS['settings.set'].params

type HostMethods = Pick<
  ServiceMethods,
  | 'host.info'
  | 'host.openDialog'
  | 'host.saveDialog'
  | 'files.list'
  | 'files.recent'
  | 'files.forgetRecent'
  | 'files.samples'
  | 'files.uploadStart'
  | 'files.uploadPiece'
  | 'settings.get'
  | 'settings.set'
>

/** Methods about the host. */
export function hostMethods(context: ServiceContext, captures: Captures): HostMethods {
  const { host, files, documents } = context.ports
  const samplePackets = new Map<string, number>()
  const requireDialogs = (): void => {
    if (!host.nativeDialogs) throw new TraceError('host/unsupported', 'This host has no native dialogs. Use the chooser of the interface.')
  }
  const withPackets = async (sample: SampleInfo): Promise<SampleInfo> => {
    const packets = samplePackets.get(sample.id) ?? (await countPackets(context, sample.id))
    samplePackets.set(sample.id, packets)
    return { ...sample, packets }
  }
  return {
    'host.info': async () => {
      await captures.ready()
      const { kind, version, platform, nativeDialogs, homeFolder } = host
      return {
        kind,
        version,
        platform,
        nativeDialogs,
        homeFolder,
        opened: [...captures.open.values()].map((capture) => capture.info()),
        problems: [...captures.problems],
      }
    },
    'host.openDialog': async () => {
      requireDialogs()
      return { path: await host.openDialog() }
    },
    'host.saveDialog': async ({ suggestedName, format }) => {
      requireDialogs()
      return { path: await host.saveDialog(suggestedName, format) }
    },
    'files.list': ({ path, showAll }) => files.list(path, showAll),
    'files.recent': async () => ({ files: await files.recent() }),
    'files.forgetRecent': ({ path }) => {
      files.forget(path)
      return {}
    },
    'files.samples': async () => {
      const samples: SampleInfo[] = []
      for (const sample of await files.samples()) samples.push(await withPackets(sample))
      return { samples }
    },
    'files.uploadStart': ({ name, size }) => ({ uploadId: files.uploadStart(name, size) }),
    'files.uploadPiece': ({ uploadId, bytes }) => ({ received: files.uploadPiece(uploadId, bytes) }),
    'settings.get': () => ({ settings: parseSettings(documents.read(SETTINGS_DOCUMENT)) }),
    'settings.set': ({ settings }) => {
      documents.write(SETTINGS_DOCUMENT, `${JSON.stringify(settings, null, 2)}\n`)
      return {}
    },
  }
}

/** A damaged document counts as empty. */
function parseSettings(text: string | null): Record<string, unknown> {
  if (text === null) return {}
  try {
    return Settings.parse({ settings: JSON.parse(text) as unknown }).settings
  } catch {
    return {}
  }
}

/** Samples are small, so they are counted by reading them; 0 for one that cannot be read. */
async function countPackets(context: ServiceContext, id: string): Promise<number> {
  const { source, released } = await context.ports.files.open({ kind: 'sample', id })
  try {
    const reader = openCapture(source)
    while (reader.next() === 'packet') {
      // next() counts
    }
    return reader.packets
  } catch {
    return 0
  } finally {
    source.close()
    released?.()
  }
}
