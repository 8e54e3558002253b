// Golden diagrams: every scenario of test/captures/tcp-states.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { LADDER_DEFAULTS, Scene, makeLadder, textParts } from '../../src/engine/service/terminal'
import { goldenDiagrams } from '../support/golden-diagrams'
import { openTrace } from '../support/open-trace'

const captures = path.join(import.meta.dirname, '..', 'captures', 'tcp-states')
const scenarios = readdirSync(captures)
  .filter((name) => name.endsWith('.pcap'))
  .map((name) => path.basename(name, '.pcap'))

goldenDiagrams(scenarios, path.join(import.meta.dirname, 'diagrams'), (scenario, format, language) => {
  const trace = openTrace(path.join(captures, `${scenario}.pcap`)),
    ladder = makeLadder(trace, { kind: 'stream', stream: 0 }, { ...LADDER_DEFAULTS, language }),
    scene = new Scene(ladder, { width: 1032, spacing: 'even' })
  return [...textParts(scene, format, { theme: 'print', faces: [] })].join('')
})
