// Colour contrast, order of lists, comments, columns, times, copied texts.
import { describe, expect, it } from 'vitest'
import type { CaptureInfo, TreeRow } from '../../../../src/shared/contract'
import { keyConflicts } from '../../../../src/renderer/dialogs/settings/keyboard-page'
import { timeExample } from '../../../../src/renderer/dialogs/settings/time-example'
import { storedComments } from '../../../../src/renderer/dialogs/comment-dialog'
import { base64Text, cArray, fromBase64, hexDump, hexStream, printable } from '../../../../src/renderer/dialogs/byte-text'
import { printMoment, secondsBetween } from '../../../../src/renderer/dialogs/capture-times'
import { contrastRatio, parseColor } from '../../../../src/renderer/dialogs/color-rules/contrast'
import { presetOf } from '../../../../src/renderer/dialogs/columns/column-editor'
import { subtreeText } from '../../../../src/renderer/dialogs/copy-menus'
import { captureFacts } from '../../../../src/renderer/dialogs/properties-dialog'
import { moveItem } from '../../../../src/renderer/dialogs/reorder'
import { translator } from '../../../../src/renderer/app/i18n/messages'
import { COMMANDS } from '../../../../src/renderer/app/commands/commands'
import { insertFieldColumn } from '../../../../src/renderer/model/column-order'
import { presetColumns } from '../../../../src/renderer/model/columns'

describe('colours', () => {
  it('have the contrast of WCAG', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect(contrastRatio('#123456', '#123456')).toBe(1)
  })
  it('can be typed short, long and without the sign', () => {
    expect([parseColor('#abc'), parseColor('A0B1C2'), parseColor('#12'), parseColor('red')]).toEqual(['#aabbcc', '#a0b1c2', null, null])
  })
})

describe('lists', () => {
  it('move an item and refuse impossible moves', () => {
    const items = ['a', 'b', 'c']
    expect([moveItem(items, 0, 2), moveItem(items, 2, 0)]).toEqual([
      ['b', 'c', 'a'],
      ['c', 'a', 'b'],
    ])
    expect(moveItem(items, 0, 3)).toBe(items)
  })
})

describe('columns', () => {
  it('recognise a preset, and an arrangement of one’s own', () => {
    expect(presetOf(presetColumns('tcp'))).toBe('tcp')
    expect(presetOf(presetColumns('tcp').slice(1))).toBe('custom')
  })
  it('get a field before Info, once', () => {
    const added = insertFieldColumn(presetColumns('standard'), 'tcp.seq')
    expect(added.map((column) => column.content).slice(-2)).toEqual(['field:tcp.seq', 'info'])
    expect(insertFieldColumn(added, 'tcp.seq')).toHaveLength(added.length)
  })
})

describe('comments', () => {
  it('are stored without empty ones and with plain line ends', () => {
    expect(storedComments(['one\r\ntwo  ', '   ', ''])).toEqual(['one\ntwo'])
  })
})

describe('copied bytes', () => {
  const bytes = Uint8Array.from({ length: 18 }, (_, index) => 0x3e + index)
  it('read as stream, dump, C array and text', () => {
    expect(hexStream(bytes.subarray(0, 3))).toBe('3e3f40')
    expect(hexDump(bytes)).toBe(
      '0000  3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d   >?@ABCDEFGHIJKLM\n0010  4e 4f                                              NO',
    )
    expect(cArray(bytes.subarray(0, 2), 'packet')).toBe('static const unsigned char packet[2] = {\n  0x3e, 0x3f\n};\n')
    expect(printable(Uint8Array.of(0x41, 0x0a, 0x00, 0x42), '')).toBe('A\nB')
  })
  it('survive base64', () => {
    expect(fromBase64(base64Text(bytes))).toEqual(bytes)
  })
})

describe('copied tree', () => {
  it('takes everything below a line and nothing beside it', () => {
    const row = (depth: number, label: string): TreeRow => ({
      depth,
      label,
      field: '',
      value: '',
      filter: null,
      source: 0,
      start: 0,
      end: 0,
      generated: false,
      severity: 0,
      protocol: '',
      frame: 0,
      parent: false,
    })
    const tree = [row(0, 'TCP'), row(1, 'Flags'), row(2, 'SYN'), row(1, 'Window')]
    expect(subtreeText(tree, 1)).toBe('Flags\n    SYN')
  })
})

describe('times', () => {
  it('keep nanoseconds', () => {
    expect(printMoment('1795330739123456789', 'en')).toMatch(/\.123456789$/)
    expect(secondsBetween('1795330739000000000', '1795330739000000001')).toBeCloseTo(1e-9, 12)
  })
  it('show examples with the digits chosen', () => {
    expect([
      timeExample({ kind: 'relative', precision: 3 }),
      timeExample({ kind: 'absolute', precision: 0 }),
      timeExample({ kind: 'delta', precision: 9 }),
    ]).toEqual(['12.123', '14:05:09', '0.123456789'])
  })
})

describe('file properties', () => {
  const info: CaptureInfo = {
    captureId: 1,
    name: 'a.pcap',
    path: null,
    formatLabel: 'pcap',
    size: 100,
    indexed: 100,
    packets: 0,
    shown: 0,
    marked: 0,
    ignored: 0,
    commented: 0,
    state: 'complete',
    loadMs: 1,
    firstTimeNs: null,
    lastTimeNs: null,
    interfaces: [],
    sectionComments: [],
    application: null,
    os: null,
    problem: null,
    filter: '',
    dirty: false,
    hasSecrets: false,
    usesKeys: false,
  }
  it('print what the file does not say as not recorded, never as 0', () => {
    const facts = new Map(captureFacts(info, translator('en'), 'en').flatMap((group) => group.facts))
    expect([facts.get('Written by'), facts.get('First packet'), facts.get('Span'), facts.get('Packets a second')]).toEqual([
      'not recorded',
      'not recorded',
      'not recorded',
      '–',
    ])
  })
})

describe('shortcuts', () => {
  it.each(['desktop', 'browser'] as const)('have one command each on the %s', (host) => {
    expect([...keyConflicts(COMMANDS.commands, host)].map(([id, other]) => `${id} = ${other.id}`)).toEqual([])
  })
})
