// What is said of single segments and of whole connections, on recorded ones.
import path from 'node:path'
import { expect, test } from 'vitest'
import { ConnectionLadder } from '../../../../src/engine/diagram/connection-ladder'
import { explain, type Explanation } from '../../../../src/engine/diagram/explain'
import { LADDER_DEFAULTS, makeLadder } from '../../../../src/engine/diagram/make-ladder'
import { openTrace } from '../../../support/open-trace'

function explained(scenario: string, frame?: number): Explanation {
  const trace = openTrace(path.resolve(import.meta.dirname, `../../../captures/tcp-states/${scenario}.pcap`))
  const ladder = makeLadder(trace, { kind: 'stream', stream: 0 }, LADDER_DEFAULTS)
  if (!(ladder instanceof ConnectionLadder)) throw new Error('a connection was asked for')
  return explain(ladder, frame, 30)
}

test('a FIN that is sent again brings no bytes again', () => {
  const repeated = Array.from({ length: 20 }, (_, index) => explained('lost-fin', index + 1).segment).find((one) =>
    one?.title.includes('Retransmission'),
  )
  expect(repeated?.text).toBe('The client repeats its FIN because no acknowledgment of it has come.')
})

test('where SYNs cross, a SYN, ACK names no new number', () => {
  const texts = Array.from({ length: 8 }, (_, index) => explained('simultaneous-open', index + 1).segment?.text ?? '')
  expect(texts.filter((text) => text.startsWith('The SYNs have crossed: '))).toHaveLength(2)
  expect(texts.join(' ')).not.toContain('an initial sequence number of its own')
})

test('a connection that was never opened is not compared with UDP', () => {
  const titles = (scenario: string): string[] => explained(scenario).connection.map(({ title }) => title)
  expect(titles('syn-blackhole')).not.toContain('What does TCP cost compared with UDP?')
  expect(titles('refused')).not.toContain('What does TCP cost compared with UDP?')
  expect(titles('client-closes')).toContain('What does TCP cost compared with UDP?')
})
