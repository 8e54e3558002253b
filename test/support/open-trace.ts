// A capture file of the tests, indexed as the window indexes it.
import { Trace } from '../../src/engine/index/trace'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { nodeInflate } from '../../src/node/host/inflate'
import { captureBytes } from './corpus'

/** Opens and indexes a file wholly. */
export function openTrace(file: string): Trace {
  const trace = new Trace(memorySource(captureBytes(file)), nodeInflate)
  while (trace.advance(10_000, { depth: 'state', keep: true }) > 0);
  return trace
}
