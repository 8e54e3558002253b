// Whatever bytes and key logs hold, decryption ends with a tree and a table, never with an exception or a bug of ours.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memorySource } from '../../src/engine/bytes/byte-source'
import { KEY_LOG } from '../../src/engine/dissect/key-log'
import { fieldByName } from '../../src/engine/dissect/registry'
import { Trace } from '../../src/engine/index/trace'
import { httpTransactions } from '../../src/engine/session/http/transactions'
import { tlsReports } from '../../src/engine/session/tls/report'
import { nodeSignatureCheck } from '../../src/node/host/certificate-signatures'
import { nodeCiphers } from '../../src/node/host/ciphers'
import { nodeInflate } from '../../src/node/host/inflate'

/** MUTANTS=50000 asks for a long run. */
const MUTANTS = Number(process.env['MUTANTS'] ?? 80)

const folder = path.resolve(import.meta.dirname, '../captures/tls')
const CAPTURES = ['tls10', 'tls12-rsa-cbc', 'tls12-ticket', 'tls13-early-data', 'tls13-hello-retry'].map((name) => ({
  capture: new Uint8Array(readFileSync(path.join(folder, `${name}.pcap`))),
  keys: readFileSync(path.join(folder, `${name}.keylog`), 'utf8'),
}))

const damage = fc.record({
  which: fc.nat(CAPTURES.length - 1),
  // behind the file's header, so that there is a capture at all
  bytes: fc.array(fc.tuple(fc.integer({ min: 24, max: 9000 }), fc.nat(255)), { maxLength: 12 }),
  cut: fc.option(fc.integer({ min: 24, max: 9000 }), { nil: undefined }),
  keys: fc.array(fc.tuple(fc.nat(3000), fc.constantFrom('', ' ', '\n', 'zz', '00', '#')), { maxLength: 4 }),
})

test(`${MUTANTS} damaged captures and key logs are read to their end`, { timeout: 3_600_000 }, () => {
  const bug = fieldByName('_ws.malformed.dissector_bug')?.id
  fc.assert(
    fc.property(damage, ({ which, bytes, cut, keys }) => {
      const original = CAPTURES[which]
      if (!original) return
      const capture = original.capture.slice(0, cut)
      for (const [at, value] of bytes) if (at < capture.length) capture[at] = value
      let log = original.keys
      for (const [at, text] of keys) log = log.slice(0, at) + text + log.slice(at + text.length)
      const trace = new Trace(memorySource(capture, 'damaged'), nodeInflate, nodeCiphers)
      trace.session.state(KEY_LOG).addText(log)
      while (trace.visitNext({ summary: true, labels: true })) {
        const { tree } = trace.decoder
        for (let node = 0; node < tree.count; node++) expect(tree.field(node)).not.toBe(bug)
      }
      for (let number = 1; number <= trace.packets; number++) trace.dissect(number, { summary: true, labels: true })
      expect(tlsReports(trace, nodeSignatureCheck).every(({ reason, decrypted }) => decrypted || reason !== 'none')).toBe(true)
      expect(httpTransactions(trace)).toEqual([])
    }),
    { numRuns: MUTANTS },
  )
})

test('indexing first and dissecting later shows the same as dissecting packet by packet', () => {
  for (const { capture, keys } of CAPTURES) {
    const [whole, indexed] = [0, 1].map(() => {
      const trace = new Trace(memorySource(capture, 'same'), nodeInflate, nodeCiphers)
      trace.session.state(KEY_LOG).addText(keys)
      return trace
    })
    if (!whole || !indexed) return
    while (whole.visitNext({ summary: false, labels: false }));
    while (indexed.advance(64, { depth: 'state', keep: true }) > 0);
    for (let number = 1; number <= whole.packets; number++) {
      const rows = (trace: Trace) => {
        const { tree } = trace.dissect(number, { summary: false, labels: false })
        return Array.from({ length: tree.count }, (_unused, node) => `${tree.field(node)} ${Array.from(tree.bytes(node)).join()}`)
      }
      expect(rows(indexed)).toEqual(rows(whole))
    }
  }
})

test('a key log is read as RFC 9850 says: CR, LF or CR LF, comments, either case, bad lines ignored', () => {
  const random = 'ab'.repeat(32),
    secret = 'cd'.repeat(48),
    trace = new Trace(memorySource(CAPTURES[0]?.capture ?? new Uint8Array(0), 'any'), nodeInflate)
  const log = trace.session.state(KEY_LOG)
  log.addText(`# comment\r\nCLIENT_RANDOM ${random.toUpperCase()} ${secret}\rnonsense\nCLIENT_RANDOM ${random} short\n`)
  expect(log.size).toBe(1)
  expect(log.badLines).toBe(2)
  expect(log.labelsOf(random)).toEqual(['CLIENT_RANDOM'])
})
