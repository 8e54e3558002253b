// Hostile bytes: whatever is flipped or cut in real captures, reading and dissecting them ends, throws nothing but CaptureFileError, and finds no
// bug of ours. Every failure prints the seed; a found case belongs into test/golden.
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { rowText } from '../../src/engine/dissect/format'
import { fieldByName } from '../../src/engine/dissect/registry'
import { Trace } from '../../src/engine/index/trace'
import { CaptureFileError } from '../../src/shared/errors'
import { captureBytes, captureFiles } from '../support/corpus'

const MUTANTS = Number(process.env['MUTANTS'] ?? 20_000)
const PACKETS_READ = 12
const files = captureFiles().filter((file) => captureBytes(file).length < 300_000)
const cache = new Map<string, Uint8Array>()
const bytesOf = (file: string) => cache.get(file) ?? cache.set(file, captureBytes(file)).get(file)!

/** Packets that were dissected, and what the slowest of them cost: printed at the end, never asserted. */
const cost = { packets: 0, slowest: 0, file: '' }

function timed<T>(file: string, dissect: () => T): T {
  const started = performance.now(),
    result = dissect(),
    took = performance.now() - started
  cost.packets++
  if (took > cost.slowest) Object.assign(cost, { slowest: took, file })
  return result
}

/** Texts of our own bugs in the first packets of a capture, on the first visit and on a later one. */
function bugsIn(bytes: Uint8Array, file: string): string[] {
  const bug = fieldByName('_ws.malformed.dissector_bug')!.id,
    found: string[] = []
  let trace: Trace
  try {
    trace = new Trace(memorySource(bytes, 'mutant'), { inflate: () => null })
  } catch (error) {
    if (error instanceof CaptureFileError) return []
    throw error
  }
  const look = () => {
    const tree = trace.decoder.tree
    for (let node = 0; node < tree.count; node++) if (tree.field(node) === bug) found.push(rowText(tree, node))
  }
  while (trace.packets < PACKETS_READ && timed(file, () => trace.visitNext({ summary: true, labels: true }))) look()
  for (let number = 1; number <= trace.packets; number++) {
    timed(file, () => trace.dissect(number, { summary: true, labels: true }))
    look()
  }
  return found
}

const mutant = fc.record({
  file: fc.nat(files.length - 1),
  /** Positions as fractions, biased to the start, where the first packets are. */
  flips: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255) }), { minLength: 1, maxLength: 8 }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
})

describe('mutated captures', () => {
  afterAll(() => {
    console.info(
      `${cost.packets} mutated packets were dissected; the slowest took ${cost.slowest.toFixed(1)} ms (${path.basename(cost.file)})`,
    )
  })

  it(`${MUTANTS} byte flips and cuts over real captures find no bug and end`, { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(mutant, ({ file, flips, cut }) => {
        const original = bytesOf(files[file]!),
          reach = Math.min(original.length, 24 + PACKETS_READ * 400)
        const bytes = original.slice(0, cut === null ? original.length : Math.floor(cut * reach))
        for (const { at, value } of flips) if (bytes.length) bytes[Math.min(bytes.length - 1, 24 + Math.floor(at * reach))] = value
        expect(bugsIn(bytes, files[file]!)).toEqual([])
      }),
      { numRuns: MUTANTS },
    )
  })

  it('the captures themselves contain no bug', () => {
    expect(files.flatMap((file) => bugsIn(bytesOf(file), file).map((text) => `${file}: ${text}`))).toEqual([])
  })
})
