// Golden diagrams of connections that were captured at both ends (test/captures/both-ends).
import path from 'node:path'
import { LADDER_DEFAULTS, drawLadder, makeLadder, sameConnections, textParts } from '../../src/engine/service/terminal'
import { goldenDiagrams } from '../support/golden-diagrams'
import { openTrace } from '../support/open-trace'

const captures = path.join(import.meta.dirname, '..', 'captures', 'both-ends')
const SCENARIOS = ['loss', 'disorder', 'gateway', 'offload', 'uneven']

goldenDiagrams(SCENARIOS, path.join(import.meta.dirname, 'both-ends'), (scenario, format, language) => {
  const [first, second] = ['client', 'server'].map((side) => openTrace(path.join(captures, `${scenario}.${side}.pcap`)))
  if (first === undefined || second === undefined) throw new Error('no capture')
  const [same] = sameConnections(first, 0, second)
  if (same === undefined) throw new Error('not the same connection')
  const scope = { kind: 'both', stream: 0, name: `${scenario}.client.pcap`, second, secondName: `${scenario}.server.pcap`, same } as const,
    ladder = makeLadder(first, scope, { ...LADDER_DEFAULTS, language })
  return [...textParts(drawLadder(ladder, { width: 1032, spacing: 'even' }), format, { theme: 'print', faces: [] })].join('')
})
