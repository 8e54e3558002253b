// What can be saved, and under which name.
import type { CaptureInfo, ExportScope, Params } from '../../../shared/contract'

/** Formats that can be written. */
export type SaveFormat = Params<'capture.save'>['format']

const ENDINGS: Readonly<Record<SaveFormat, string>> = { pcapng: '.pcapng', pcap: '.pcap', 'pcap-ns': '.pcap' }

/** The path without the ending of a capture file. */
function stem(path: string): string {
  return path.replace(/\.(gz|zst|lz4)$/i, '').replace(/\.(pcapng|ntar|pcap|cap|dmp|snoop)$/i, '')
}

/** Gives a path the ending of a format, where its ending is that of another. */
export function withEnding(path: string, format: SaveFormat): string {
  const ending = ENDINGS[format]
  return path.toLowerCase().endsWith(ending) ? path : stem(path) + ending
}

/** A name to propose: the capture's own, with a word for the part that is saved. It never names the file itself, so nothing is replaced by accident. */
export function suggestPath(
  info: Pick<CaptureInfo, 'name' | 'path'>,
  homeFolder: string,
  scope: ExportScope['what'],
  salvage: boolean,
  format: SaveFormat,
): string {
  const word = salvage ? 'salvaged' : scope === 'all' ? 'copy' : scope
  const base = stem(info.path ?? `${homeFolder}${homeFolder.includes('\\') ? '\\' : '/'}${info.name.replace(/[\\/:*?"<>|]/g, '_')}`)
  return `${base}-${word}${ENDINGS[format]}`
}
