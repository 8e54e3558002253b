// Graphs as pictures: what stands on the axes, where marks are, and that everything drawn has a letter in the embedded faces.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ChartSheet, type Chart } from '../../../../src/engine/diagram/chart-sheet'
import { svgParts } from '../../../../src/engine/diagram/svg'

const chart: Chart = {
  title: 'Throughput',
  note: 'per 10 ms',
  sentence: 'Throughput, 3 marks.',
  height: 168,
  range: [0, 0.05],
  unit: 'bits/s',
  series: [
    {
      name: 'sent',
      tone: 'ok',
      look: 'bar',
      marks: [
        { time: 0, value: 1_000_000 },
        { time: 0.025, value: 4_000_000 },
        { time: 0.09, value: 2_000_000 },
      ],
    },
  ],
}
const svgOf = (charts: readonly Chart[]) =>
  [...svgParts(new ChartSheet('A capture', 'en', charts, 592), { theme: 'print', faces: [] })].join('')
const textsOf = (svg: string) => [...svg.matchAll(/<tspan[^>]*>([^<]*)</g)].map(([, text]) => text)

describe('a sheet of graphs', () => {
  it('has round numbers on both axes, and the names of its series', () => {
    const texts = textsOf(svgOf([chart]))
    expect(texts).toEqual(expect.arrayContaining(['A capture', 'Throughput', 'sent', '0 b/s', '2 Mb/s', '4 Mb/s']))
    expect(texts).toEqual(expect.arrayContaining(['0 ms', '20 ms', '40 ms']))
  })
  it('gives all times of an axis in one unit', () => {
    const roundTrips: Chart = {
      ...chart,
      unit: 'ms',
      series: [{ name: '', tone: 'fg1', look: 'dot', marks: [0.2, 1.4].map((value) => ({ time: 0.01, value })) }],
    }
    expect(textsOf(svgOf([roundTrips])).filter((text) => / (ns|µs|s)$/.test(text ?? ''))).toEqual([])
    expect(textsOf(svgOf([roundTrips]))).toEqual(expect.arrayContaining(['0 ms', '0.5 ms', '1 ms']))
  })
  it('draws a mark where it is in time, and leaves out what lies outside', () => {
    const bars = /<path d="(M[^"]*)"/.exec(svgOf([chart]))?.[1] ?? ''
    // 76 px of axis, 500 px for 50 ms
    expect([...bars.matchAll(/M([\d.]+)/g)].map(([, x]) => Number(x))).toEqual([76, 326])
  })
  it('ends a line of steps at the edges of its range', () => {
    const steps: Chart = {
      ...chart,
      unit: 'bytes',
      series: [
        {
          name: '',
          tone: 'fg1',
          look: 'step',
          marks: [
            { time: -1, value: 10 },
            { time: 0.025, value: 20 },
          ],
        },
      ],
    }
    expect(svgOf([steps])).toMatch(/<path d="M76 [\d.]+L326 [\d.]+L326 [\d.]+"/)
  })
  it('stacks graphs without overlap, each with its sentence', () => {
    const sheet = new ChartSheet('', 'en', [chart, { ...chart, sentence: 'Second.' }], 592)
    expect(sheet.top(1)).toBeGreaterThan(chart.height)
    expect([sheet.rowAt(sheet.top(1) - 1), sheet.rowAt(sheet.top(1))]).toEqual([0, 1])
    expect(sheet.row(1).row.sentence).toBe('Second.')
    expect(sheet.height).toBe(2 * sheet.top(1))
  })
})

it('the Chinese face has every character of diagrams and graphs', () => {
  const known = charactersOf(readFileSync('src/node/pictures/fonts/han-400.ttf'))
  const words = ['words-zh', 'words-both-ends', 'words-tls'].map((name) => `src/engine/diagram/${name}.ts`)
  const used = [...words, 'src/renderer/app/i18n/statistics.ts'].flatMap(
    (file) => readFileSync(file, 'utf8').match(/[\u3400-\u9fff]/g) ?? [],
  )
  expect(used.filter((character) => !known.has(character.codePointAt(0) ?? 0))).toEqual([])
})

/** Code points of a TrueType face's cmap (format 4 or 12). */
function charactersOf(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_unused, index) => 12 + index * 16)
  const cmap = font.readUInt32BE((tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? 0) + 8)
  const known = new Set<number>()
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4)
    const format = font.readUInt16BE(at)
    if (format === 4) {
      const count = font.readUInt16BE(at + 6) / 2
      for (let segment = 0; segment < count; segment++) {
        const end = font.readUInt16BE(at + 14 + segment * 2)
        const start = font.readUInt16BE(at + 16 + (count + segment) * 2)
        for (let code = start; code <= end && code < 0xffff; code++) known.add(code)
      }
    } else if (format === 12) {
      for (let group = 0; group < font.readUInt32BE(at + 12); group++) {
        for (let code = font.readUInt32BE(at + 16 + group * 12); code <= font.readUInt32BE(at + 20 + group * 12); code++) known.add(code)
      }
    }
  }
  return known
}
