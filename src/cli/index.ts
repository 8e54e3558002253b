// The command line. First cut: -r FILE -T fields -e … -E separator=, aggregator=, occurrence=a -c N.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { memorySource } from '../engine/bytes/byte-source'
import { fieldText } from '../engine/dissect/format'
import { fieldByName } from '../engine/dissect/registry'
import { Trace } from '../engine/index/trace'

const args = process.argv.slice(2)
const wanted: string[] = []
let file = '', separator = '\t', aggregator = ',', limit = Infinity
for (let i = 0; i < args.length; i++) {
  const a = args[i]
  if (a === '-r') file = args[++i] ?? ''
  else if (a === '-e') wanted.push(args[++i] ?? '')
  else if (a === '-c') limit = Number(args[++i])
  else if (a === '-E') {
    const [key, value] = (args[++i] ?? '').split(/=(.*)/s)
    if (key === 'separator') separator = value ?? ''
    if (key === 'aggregator') aggregator = value ?? ''
  } else if (a === '-T' || a === '-o') i++
}
let bytes: Uint8Array = readFileSync(file)
if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes)
const trace = new Trace(memorySource(bytes, file), { inflate: () => null })
const ids = wanted.map((name) => fieldByName(name)?.id ?? -1)
const slots = new Map(ids.map((id, i) => [id, i]))
let out = ''
while (trace.packets < limit && trace.visitNext({ summary: true, labels: true })) {
  const tree = trace.decoder.tree, cells: string[] = wanted.map(() => '')
  for (let node = 0; node < tree.count; node++) {
    const slot = slots.get(tree.field(node))
    if (slot === undefined) continue
    const text = fieldText(tree, node)
    cells[slot] = cells[slot] ? cells[slot] + aggregator + text : text
  }
  out += cells.join(separator) + '\n'
}
process.stdout.write(out)
if (trace.reader.problem) {
  process.stderr.write(trace.reader.problem.message + '\n')
  process.exitCode = 2
}
