// What every kind of diagram is held to: its golden files (UPDATE_GOLDEN=1 rewrites them; look at the pictures and read the diff), mermaid's own parser,
// and plantuml where it is installed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mermaid from 'mermaid'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TextFormat } from '../../src/engine/service/terminal'

const FORMATS: readonly (readonly [TextFormat, string])[] = [
  ['svg', 'svg'],
  ['mermaid', 'mmd'],
  ['plantuml', 'puml'],
  ['text', 'txt'],
]
const LANGUAGES = ['en', 'zh'] as const

/** True where Debian's plantuml is installed; `node scripts/setup.mjs --tests` brings it as root. */
const hasPlantuml = spawnSync('plantuml', ['-syntax'], { input: '@startuml\nA -> B\n@enduml\n' }).status === 0

/** Tests of the diagrams that `draw` makes of scenarios, against the golden files in `folder`. */
export function goldenDiagrams(
  scenarios: readonly string[],
  folder: string,
  draw: (scenario: string, format: TextFormat, language: 'en' | 'zh') => string,
): void {
  beforeAll(() => {
    mkdirSync(folder, { recursive: true })
    mermaid.initialize({ startOnLoad: false })
  })

  describe.each(scenarios)('%s', (scenario) => {
    test.each(FORMATS)('%s', (format, extension) => {
      const file = path.join(folder, `${scenario}.${extension}`),
        drawn = draw(scenario, format, 'en')
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, drawn)
      expect(drawn).toBe(readFileSync(file, 'utf8'))
    })

    test('the Mermaid text is accepted by mermaid, in both languages', async () => {
      for (const language of LANGUAGES)
        expect(await mermaid.parse(draw(scenario, 'mermaid', language))).toMatchObject({ diagramType: 'sequence' })
    })
  })

  test.skipIf(!hasPlantuml)('the PlantUML texts are accepted by plantuml, in both languages (apt-get install plantuml)', () => {
    const made = mkdtempSync(path.join(tmpdir(), 'wireglass-puml-'))
    const files = scenarios.flatMap((scenario) =>
      LANGUAGES.map((language) => {
        const file = path.join(made, `${scenario}-${language}.puml`)
        writeFileSync(file, draw(scenario, 'plantuml', language))
        return file
      }),
    )
    const run = spawnSync('plantuml', ['-charset', 'UTF-8', '-checkonly', ...files], { encoding: 'utf8' })
    rmSync(made, { recursive: true })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })
}
