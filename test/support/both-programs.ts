// The same frames to tshark and to the engine, and what each of both shows of some protocols' fields, frame by frame.
import { writeFileSync } from 'node:fs'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { exactFieldText } from '../../src/engine/dissect/format'
import { allFields, fieldById } from '../../src/engine/dissect/registry'
import { Trace } from '../../src/engine/index/trace'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'
import { pcapFile } from './pcap-builder'
import { tshark } from './tshark'

const SEPARATOR = '\u0003',
  AGGREGATOR = '\u0004'

/** Rows of "field=values" per frame, of both programs; `file` is where the capture is written for tshark. */
export function bothPrograms(
  file: string,
  frames: readonly Uint8Array[],
  prefixes: readonly string[],
  linkType = 1,
): { theirs: string[][]; ours: string[][] } {
  const fields = allFields()
      .map(({ name }) => name)
      .filter((name) => prefixes.some((prefix) => name.startsWith(`${prefix}.`))),
    bytes = pcapFile(
      frames.map((frame, i) => ({ bytes: frame, seconds: 1_000_000 + i, fraction: 0 })),
      { linkType },
    )
  writeFileSync(file, bytes)
  const { stdout } = tshark([
    ...['-n', '-r', file, '-T', 'fields', '-E', `separator=${SEPARATOR}`, '-E', `aggregator=${AGGREGATOR}`, '-E', 'occurrence=a'],
    ...fields.flatMap((field) => ['-e', field]),
  ])
  const theirs = stdout
    .replace(/\n$/, '')
    .split('\n')
    .map((line) =>
      line.split(SEPARATOR).flatMap((cell, i) => (cell === '' ? [] : [`${fields[i] ?? ''}=${cell.replaceAll(AGGREGATOR, ' | ')}`])),
    )
  const trace = new Trace(memorySource(bytes, 'both'), nodeInflate, nodeCiphers)
  const ours = frames.map(() => {
    trace.visitNext({ summary: false, labels: false })
    const { tree } = trace.decoder,
      cells = new Map<string, string>()
    for (let node = 0; node < tree.count; node++) {
      const { name } = fieldById(tree.field(node)),
        known = cells.get(name),
        text = exactFieldText(tree, node)
      cells.set(name, known === undefined ? text : `${known} | ${text}`)
    }
    return fields.flatMap((field) => {
      const cell = cells.get(field) ?? ''
      return cell === '' ? [] : [`${field}=${cell}`]
    })
  })
  return { theirs, ours }
}
