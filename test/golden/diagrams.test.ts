// Golden diagrams: every scenario of test/captures/tcp-states as SVG, Mermaid, PlantUML and plain text. UPDATE_GOLDEN=1 rewrites them; look at the
// pictures and read the diff. The Mermaid texts go through mermaid's own parser, the PlantUML texts through plantuml where it is installed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mermaid from 'mermaid'
import { beforeAll, describe, expect, test } from 'vitest'
import { LADDER_DEFAULTS, Scene, makeLadder, textParts, type TextFormat } from '../../src/engine/service/terminal'
import { openTrace } from '../support/open-trace'

const captures = path.join(import.meta.dirname, '..', 'captures', 'tcp-states')
const folder = path.join(import.meta.dirname, 'diagrams')
const scenarios = readdirSync(captures)
  .filter((name) => name.endsWith('.pcap'))
  .map((name) => path.basename(name, '.pcap'))
const FORMATS: readonly (readonly [TextFormat, string])[] = [
  ['svg', 'svg'],
  ['mermaid', 'mmd'],
  ['plantuml', 'puml'],
  ['text', 'txt'],
]

function draw(scenario: string, format: TextFormat, language: 'en' | 'zh' = 'en'): string {
  const trace = openTrace(path.join(captures, `${scenario}.pcap`))
  const ladder = makeLadder(trace, { kind: 'stream', stream: 0 }, { ...LADDER_DEFAULTS, language })
  const scene = new Scene(ladder, { width: 1032, spacing: 'even' })
  return [...textParts(scene, format, { theme: 'print', faces: [] })].join('')
}

/** True where Debian's plantuml is installed. It needs a Java runtime, so `npm run setup` does not bring it: apt-get install plantuml. */
const hasPlantuml = spawnSync('plantuml', ['-syntax'], { input: '@startuml\nA -> B\n@enduml\n' }).status === 0

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  mermaid.initialize({ startOnLoad: false })
})

describe.each(scenarios)('%s', (scenario) => {
  test.each(FORMATS)('%s', (format, extension) => {
    const file = path.join(folder, `${scenario}.${extension}`)
    const drawn = draw(scenario, format)
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, drawn)
    expect(drawn).toBe(readFileSync(file, 'utf8'))
  })

  test('the Mermaid text is accepted by mermaid, in both languages', async () => {
    for (const language of ['en', 'zh'] as const) {
      const parsed = await mermaid.parse(draw(scenario, 'mermaid', language))
      expect(parsed).toMatchObject({ diagramType: 'sequence' })
    }
  })
})

test.skipIf(!hasPlantuml)('the PlantUML texts are accepted by plantuml, in both languages (apt-get install plantuml)', () => {
  const made = mkdtempSync(path.join(tmpdir(), 'wireglass-puml-'))
  const files = scenarios.flatMap((scenario) =>
    (['en', 'zh'] as const).map((language) => {
      const file = path.join(made, `${scenario}-${language}.puml`)
      writeFileSync(file, draw(scenario, 'plantuml', language))
      return file
    }),
  )
  const run = spawnSync('plantuml', ['-charset', 'UTF-8', '-checkonly', ...files], { encoding: 'utf8' })
  rmSync(made, { recursive: true })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
})
