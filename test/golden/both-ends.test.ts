// Golden diagrams of connections that were captured at both ends (test/captures/both-ends). UPDATE_GOLDEN=1 rewrites them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mermaid from 'mermaid'
import { beforeAll, describe, expect, test } from 'vitest'
import { LADDER_DEFAULTS, drawLadder, makeLadder, sameConnections, textParts, type TextFormat } from '../../src/engine/service/terminal'
import { openTrace } from '../support/open-trace'

const captures = path.join(import.meta.dirname, '..', 'captures', 'both-ends')
const folder = path.join(import.meta.dirname, 'both-ends')
const FORMATS: readonly (readonly [TextFormat, string])[] = [
  ['svg', 'svg'],
  ['mermaid', 'mmd'],
  ['plantuml', 'puml'],
  ['text', 'txt'],
]
const SCENARIOS = ['loss', 'disorder', 'gateway', 'offload', 'uneven']

function draw(scenario: string, format: TextFormat, language: 'en' | 'zh' = 'en'): string {
  const [first, second] = ['client', 'server'].map((side) => openTrace(path.join(captures, `${scenario}.${side}.pcap`)))
  if (first === undefined || second === undefined) throw new Error('no capture')
  const [same] = sameConnections(first, 0, second)
  if (same === undefined) throw new Error('not the same connection')
  const scope = { kind: 'both', stream: 0, name: `${scenario}.client.pcap`, second, secondName: `${scenario}.server.pcap`, same } as const
  const ladder = makeLadder(first, scope, { ...LADDER_DEFAULTS, language })
  return [...textParts(drawLadder(ladder, { width: 1032, spacing: 'even' }), format, { theme: 'print', faces: [] })].join('')
}

const hasPlantuml = spawnSync('plantuml', ['-syntax'], { input: '@startuml\nA -> B\n@enduml\n' }).status === 0

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  mermaid.initialize({ startOnLoad: false })
})

describe.each(SCENARIOS)('%s', (scenario) => {
  test.each(FORMATS)('%s', (format, extension) => {
    const file = path.join(folder, `${scenario}.${extension}`)
    const drawn = draw(scenario, format)
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, drawn)
    expect(drawn).toBe(readFileSync(file, 'utf8'))
  })

  test('the Mermaid text is accepted by mermaid, in both languages', async () => {
    for (const language of ['en', 'zh'] as const)
      expect(await mermaid.parse(draw(scenario, 'mermaid', language))).toMatchObject({ diagramType: 'sequence' })
  })

  test.skipIf(!hasPlantuml)('the PlantUML text is accepted by plantuml', () => {
    const made = mkdtempSync(path.join(tmpdir(), 'wireglass-puml-'))
    const file = path.join(made, `${scenario}.puml`)
    writeFileSync(file, draw(scenario, 'plantuml', 'zh'))
    const run = spawnSync('plantuml', ['-charset', 'UTF-8', '-checkonly', file], { encoding: 'utf8' })
    rmSync(made, { recursive: true })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })
})
