// Rows of a followed stream: any window of them is the same as that part of the whole, in every form; finding goes over segments; gaps stay.
import { expect, test } from 'vitest'
import { StreamFinder, utf8Bytes } from '../../../../src/engine/stream/find'
import type { FollowChunk, FollowedStream } from '../../../../src/engine/stream/followed-stream'
import { FollowRows, type FollowForm } from '../../../../src/engine/stream/rows'
import { writeFollowed } from '../../../../src/engine/stream/write'

type Said = readonly [side: 0 | 1, text: string | number]

/** A stream of texts, and of gaps of so many bytes. */
function streamOf(said: readonly Said[]): FollowedStream {
  const bytes = said.map(([, text]) => (typeof text === 'number' ? new Uint8Array(0) : utf8Bytes(text)))
  const chunks = said.map(([side, text], index): FollowChunk => ({
    side,
    frame: index + 1,
    skip: index,
    length: bytes[index]?.length ?? 0,
    missing: typeof text === 'number' ? text : 0,
  }))
  return {
    protocol: 'tcp',
    trace: undefined as never,
    stream: 0,
    chunks,
    advance: () => false,
    bytes: ({ skip }) => bytes[skip] ?? new Uint8Array(0),
  }
}

function rowsOf(said: readonly Said[], form: FollowForm, side: 0 | 1 | null = null): FollowRows {
  const rows = new FollowRows(streamOf(said), form, side)
  rows.advance(() => false)
  return rows
}

const TALK: readonly Said[] = [
  [0, 'GET / HTTP/1.1\r\nHo'],
  [0, 'st: a\r\n'],
  [0, '\r\n'],
  [1, `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(400)}`],
  [1, 'y'.repeat(80)],
  [1, 308],
  [1, 'after the gap\nno end'],
  [0, 'é'.repeat(170)],
  [0, 'n'],
  [1, '\n\n'],
]

test('text breaks at line ends and at the width, over segments but not over turns', () => {
  const rows = rowsOf(TALK, 'ascii')
  expect(rows.get(0, 100).map(({ text, missing }) => (missing > 0 ? missing : text))).toEqual([
    'GET / HTTP/1.1',
    'Host: a',
    '',
    'HTTP/1.1 200 OK',
    '',
    'x'.repeat(160),
    'x'.repeat(160),
    'x'.repeat(80) + 'y'.repeat(80),
    308,
    'after the gap',
    'no end',
    '.'.repeat(160),
    '.'.repeat(160),
    '.'.repeat(20) + 'n',
    '',
    '',
  ])
  expect(rows.turns).toHaveLength(4)
  expect(rows.missing).toEqual([0, 308])
  const utf8 = rowsOf(TALK, 'utf8').get(0, 100)
  expect(utf8.map(({ text }) => text)).toContain('é'.repeat(160))
  expect(utf8.map(({ text }) => text)).toContain('é'.repeat(10) + 'n')
})

test.each(['ascii', 'utf8', 'hex', 'c', 'raw'] as const)('%s: any window is a part of the whole', (form) => {
  for (const side of [null, 0, 1] as const) {
    const rows = rowsOf(TALK, form, side)
    const all = rows.get(0, 1000)
    expect(all).toHaveLength(rows.count)
    for (let first = 0; first <= rows.count; first++) {
      for (const count of [1, 3, 1000]) expect(rows.get(first, count), `${first} ${count}`).toEqual(all.slice(first, first + count))
    }
  }
})

test('a stream that grows has the rows that it would have had from the start', () => {
  const grown = streamOf(TALK)
  const chunks = grown.chunks as FollowChunk[]
  const later = chunks.splice(1)
  const rows = new FollowRows(grown, 'ascii', null)
  for (const chunk of later) {
    rows.advance(() => false)
    chunks.push(chunk)
  }
  rows.advance(() => false)
  expect(rows.get(0, 100)).toEqual(rowsOf(TALK, 'ascii').get(0, 100))
})

test('what control and bidi characters say is not acted upon', () => {
  expect(rowsOf([[0, 'a\u001b[31mb\u202ec\u0007']], 'utf8').get(0, 1)[0]?.text).toBe('a·[31mb·c·')
  expect(rowsOf([[0, 'a\u001b[31mb']], 'ascii').get(0, 1)[0]?.text).toBe('a.[31mb')
})

test('a text is found where it begins in one segment and ends in another, never over a gap or a turn', () => {
  const find = (text: string, matchCase = false): { row: number; column: number }[] => {
    const rows = rowsOf(TALK, 'ascii')
    const finder = new StreamFinder(rows, utf8Bytes(text), matchCase, 100)
    while (finder.advance(() => false));
    return finder.found.map(({ shown, offset }) => rows.placeOf(shown, offset))
  }
  expect(find('host:')).toEqual([{ row: 1, column: 0 }])
  expect(find('host:', true)).toEqual([])
  expect(find('xyy')).toEqual([{ row: 7, column: 79 }])
  expect(find('yafter')).toEqual([])
  expect(find('no end')).toEqual([{ row: 10, column: 0 }])
})

test('a file never closes a gap silently', () => {
  const write = (form: FollowForm, gaps: 'leave-out' | 'zeros'): string =>
    Buffer.concat([...writeFollowed(streamOf(TALK), form, 1, gaps)]).toString('latin1')
  expect(write('ascii', 'leave-out')).toContain('[308 bytes missing in capture file]')
  expect(write('c', 'leave-out')).toContain('/* 308 bytes missing in capture file */')
  expect(write('raw', 'zeros')).toContain(`y${'\0'.repeat(308)}after`)
  expect(write('raw', 'leave-out')).toContain('yafter')
  expect(write('c', 'leave-out')).toMatch(/^char peer1_3\[\] = \{ \/\* Packet 4 \*\/\n0x48, 0x54, 0x54, 0x50, 0x2f, 0x31, 0x2e, 0x31,\n/)
})
