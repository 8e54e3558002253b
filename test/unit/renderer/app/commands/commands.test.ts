import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../../../src/renderer/app/commands/commands'
import { isPlainKey, keysOf } from '../../../../../src/renderer/app/commands/registry'
import { matches, parseShortcut, printShortcut, type KeyPress } from '../../../../../src/renderer/app/commands/shortcut'

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers }
}
const find = (key: KeyPress, host: 'desktop' | 'browser' = 'desktop', typing = false): string | undefined =>
  COMMANDS.match(key, host, typing, false)?.id

describe('shortcuts', () => {
  it('are Ctrl on most systems and Cmd on a Mac', () => {
    expect(matches(parseShortcut('Mod+K'), press('k', { ctrlKey: true }), false)).toBe(true)
    expect(matches(parseShortcut('Mod+K'), press('k', { metaKey: true }), true)).toBe(true)
    expect(matches(parseShortcut('Mod+K'), press('k', { ctrlKey: true }), true)).toBe(false)
  })

  it('need exactly their modifiers', () => {
    expect(matches(parseShortcut('Mod+N'), press('N', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
    expect(matches(parseShortcut('Mod+Shift+N'), press('N', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
  })

  it('accept characters that need Shift on some keyboards', () => {
    expect(matches(parseShortcut('?'), press('?', { shiftKey: true }), false)).toBe(true)
    expect(matches(parseShortcut('Mod+/'), press('/', { ctrlKey: true, shiftKey: true }), false)).toBe(true)
  })

  it('find a letter by its key when Alt changes the character', () => {
    expect(matches(parseShortcut('Mod+Alt+C'), press('ç', { metaKey: true, altKey: true, code: 'KeyC' }), true)).toBe(true)
  })

  it('are printed as each platform writes them', () => {
    expect([
      printShortcut('Mod+Alt+C', false),
      printShortcut('Mod+Shift+K', true),
      printShortcut('Alt+ArrowLeft', false),
      printShortcut('F6', false),
    ]).toEqual(['Ctrl+Alt+C', '⇧⌘K', 'Alt+←', 'F6'])
  })
})

describe('commands', () => {
  it.each([
    [press('o', { ctrlKey: true }), 'file.open'],
    [press('w', { ctrlKey: true }), 'file.close'],
    [press('s', { ctrlKey: true }), 'file.save'],
    [press('f', { ctrlKey: true }), 'edit.find'],
    [press('n', { ctrlKey: true }), 'edit.find-next'],
    [press('b', { ctrlKey: true }), 'edit.find-previous'],
    [press('g', { ctrlKey: true }), 'go.to'],
    [press('m', { ctrlKey: true }), 'packet.mark'],
    [press('d', { ctrlKey: true }), 'packet.ignore'],
    [press('t', { ctrlKey: true }), 'packet.time-reference'],
    [press('c', { ctrlKey: true, altKey: true }), 'packet.comment'],
    [press('ArrowDown', { ctrlKey: true }), 'go.next'],
    [press('F7'), 'go.previous'],
    [press('F8'), 'go.next'],
    [press('.', { ctrlKey: true }), 'go.next-conversation'],
    [press(',', { ctrlKey: true }), 'go.previous-conversation'],
    [press('ArrowLeft', { altKey: true }), 'go.back'],
    [press('ArrowRight', { altKey: true }), 'go.forward'],
    [press('Home', { ctrlKey: true }), 'go.first'],
    [press('End', { ctrlKey: true }), 'go.last'],
    [press('/', { ctrlKey: true }), 'filter.focus'],
    [press('k', { ctrlKey: true }), 'view.palette'],
    [press('F6'), 'view.next-pane'],
    [press('F6', { shiftKey: true }), 'view.previous-pane'],
  ])('have the keys that users of this field expect: %o', (key, id) => {
    expect(find(key)).toBe(id)
  })

  it('leave to the browser what belongs to it, and offer other keys there', () => {
    for (const key of ['w', 'n', 't']) expect(find(press(key, { ctrlKey: true }), 'browser')).toBeUndefined()
    expect(find(press('w', { altKey: true }), 'browser')).toBe('file.close')
    expect(find(press('F3'), 'browser')).toBe('edit.find-next')
    expect(find(press('t', { altKey: true }), 'browser')).toBe('packet.time-reference')
  })

  it('do not fire on plain keys while the user types', () => {
    expect([find(press('e')), find(press('e'), 'desktop', true), find(press('k', { ctrlKey: true }), 'desktop', true)]).toEqual([
      'view.inspector',
      undefined,
      'view.palette',
    ])
  })

  it('have distinct ids and no key twice', () => {
    const ids = COMMANDS.commands.map((command) => command.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const host of ['desktop', 'browser'] as const) {
      const keys = COMMANDS.commands.flatMap((command) => keysOf(command, host))
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    }
  })

  it('keep plain keys apart from shortcuts with modifiers', () => {
    expect(['E', '/', 'Mod+E', 'F6', 'Alt+1'].map(isPlainKey)).toEqual([true, true, false, false, false])
  })
})
