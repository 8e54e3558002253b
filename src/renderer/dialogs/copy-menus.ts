// Entries that the context menus of packet list, tree and bytes offer for copying; and looking for the same value elsewhere.
import { ArrowDown, ArrowUp, Copy, Palette } from 'lucide-react'
import type { PacketDetail, Params, TreeRow } from '../../shared/contract'
import type { App } from '../app/app-model'
import { columnTitle } from '../app/i18n/columns'
import { copyMessages as m } from '../app/i18n/dialogs'
import type { PlainMessage } from '../app/i18n/messages'
import type { CaptureSession } from '../model/capture-session'
import { visibleColumns } from '../model/columns'
import type { MenuItem } from '../ui/menu'
import { base64Text, cArray, fromBase64, hexDump, hexStream, printable } from './byte-text'
import { copyText } from './copy'

/** Runs a copy; what fails is told to the user. */
function doing(app: App, work: () => Promise<string>): () => void {
  return () => {
    work().then(
      (text) => copyText(app, text),
      (error: unknown) => {
        app.report(error)
      },
    )
  }
}

/** Copying the selected packets. */
export function packetCopyItems(app: App, session: CaptureSession): readonly MenuItem[] {
  const detail = (id: string, label: PlainMessage, format: Params<'packet.text'>['format']): MenuItem => ({
    id: `copy-${id}`,
    label: app.t(label),
    onSelect: doing(
      app,
      async () => (await app.client.call('packet.text', { captureId: session.id, numbers: await session.selectedNumbers(), format })).text,
    ),
  })
  const list = (id: string, label: PlainMessage, format: Params<'rows.text'>['format']): MenuItem => ({
    id: `copy-${id}`,
    label: app.t(label),
    onSelect: doing(app, async () => {
      const settings = app.settings.get()
      const columns = visibleColumns(settings.columns)
      const answer = await app.client.call('rows.text', {
        captureId: session.id,
        numbers: await session.selectedNumbers(),
        columns: columns.map((column) => column.content),
        titles: columns.map((column) => columnTitle(column, app.t)),
        time: settings.timeFormat,
        resolveNames: settings.resolveNames,
        format,
      })
      return answer.text
    }),
  })
  return [
    {
      kind: 'menu',
      id: 'copy-packets',
      label: app.t(m.copyPackets),
      icon: Copy,
      items: [
        detail('summary', m.summary, 'summary'),
        list('text', m.text, 'text'),
        list('csv', m.csv, 'csv'),
        list('yaml', m.yaml, 'yaml'),
        { kind: 'separator', id: 'copy-s1' },
        detail('tree', m.tree, 'tree'),
        detail('hex', m.hex, 'hex'),
        detail('json', m.json, 'json'),
      ],
    },
  ]
}

/** Text of a row and everything below it, indented by depth. */
export function subtreeText(tree: readonly TreeRow[], index: number): string {
  const root = tree[index]
  if (root === undefined) return ''
  const lines = [root.label]
  for (let at = index + 1; at < tree.length; at++) {
    const row = tree[at]
    if (row === undefined || row.depth <= root.depth) break
    lines.push('    '.repeat(row.depth - root.depth) + row.label)
  }
  return lines.join('\n')
}

function searchItem(app: App, session: CaptureSession, row: TreeRow, backwards: boolean): MenuItem {
  const filter = row.filter
  return {
    id: backwards ? 'previous-same' : 'next-same',
    label: app.t(backwards ? m.previousSame : m.nextSame),
    icon: backwards ? ArrowUp : ArrowDown,
    disabled: filter === null,
    reason: app.t(m.noFilter),
    onSelect: () => {
      if (filter === null) return
      const from = session.selection.get().number
      app.client.call('rows.search', { captureId: session.id, from, backwards, what: { kind: 'filter', text: filter } }).then(
        async ({ number }) => {
          if (number === 0 || number === from) app.toasts.show({ kind: 'info', title: app.t(m.noneFound), text: filter })
          else await session.goTo(number)
        },
        (error: unknown) => {
          session.fail(error)
        },
      )
    },
  }
}

/** Copying a field of the tree: its text, value, filter or bytes; the same value elsewhere; a colour rule from it. */
export function fieldCopyItems(app: App, session: CaptureSession, packet: PacketDetail, row: TreeRow): readonly MenuItem[] {
  const source = packet.sources[row.source]
  const hasBytes = source !== undefined && row.end > row.start
  const copy = (id: string, label: PlainMessage, text: string, reason: PlainMessage): MenuItem => ({
    id: `copy-field-${id}`,
    label: app.t(label),
    disabled: text === '',
    reason: app.t(reason),
    onSelect: () => void copyText(app, text),
  })
  const filter = row.filter
  return [
    {
      kind: 'menu',
      id: 'copy-field',
      label: app.t(m.copyField),
      icon: Copy,
      items: [
        copy('label', m.label, row.label, m.noValue),
        copy('value', m.value, row.value, m.noValue),
        copy('name', m.field, row.field, m.noValue),
        copy('filter', m.filter, filter ?? '', m.noFilter),
        {
          id: 'copy-field-subtree',
          label: app.t(m.subtree),
          disabled: !row.parent,
          onSelect: () => void copyText(app, subtreeText(packet.tree, packet.tree.indexOf(row))),
        },
      ],
    },
    ...(hasBytes ? byteCopyItems(app, session, fromBase64(source.bytes), row.start, row.end) : []),
    { kind: 'separator', id: 'same-s' },
    searchItem(app, session, row, false),
    searchItem(app, session, row, true),
    {
      id: 'color-rule',
      label: app.t(m.colorRule),
      icon: Palette,
      disabled: filter === null,
      reason: app.t(m.noFilter),
      onSelect: () => {
        if (filter !== null) app.openDialog('color-rules', { filter })
      },
    },
  ]
}

/** Copying a range of bytes of a byte source. */
export function byteCopyItems(app: App, _session: CaptureSession, bytes: Uint8Array, start: number, end: number): readonly MenuItem[] {
  const range = bytes.subarray(start, end)
  const copy = (id: string, label: PlainMessage, text: () => string): MenuItem => ({
    id: `copy-bytes-${id}`,
    label: app.t(label),
    disabled: range.length === 0,
    reason: app.t(m.noBytes),
    onSelect: () => void copyText(app, text()),
  })
  return [
    {
      kind: 'menu',
      id: 'copy-bytes',
      label: app.t(m.copyBytes),
      icon: Copy,
      items: [
        copy('hex', m.hexStream, () => hexStream(range)),
        copy('dump', m.hexDump, () => hexDump(range, start)),
        copy('c', m.cArray, () => cArray(range)),
        copy('text', m.ascii, () => printable(range, '')),
        copy('base64', m.base64, () => base64Text(range)),
      ],
    },
  ]
}
