// The thread that reads a file ahead for the terminal (see node/capture-source/read-ahead.ts).
import { readSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { BlockRing } from '../node/capture-source/block-ring'
import type { ReadAheadOrder } from '../node/capture-source/block-ring'

const order = workerData as ReadAheadOrder

new BlockRing(order, (target, targetOffset, length, position) => {
  let done = 0
  try {
    while (done < length) {
      const got = readSync(order.descriptor, target, targetOffset + done, length - done, position + done)
      if (got === 0) break
      done += got
    }
  } catch {
    // the first thread reads it again and says what is wrong
  }
  return done
}).readAhead()
