// Context menus of packets, fields and bytes.
import { Columns3, CornerDownRight, Filter, FilterX, Paintbrush, Search } from 'lucide-react'
import type { PacketDetail, TreeRow } from '../../../shared/contract'
import type { App } from '../../app/app-model'
import { COMMANDS } from '../../app/commands/commands'
import { shortcutText } from '../../app/commands/registry'
import { stepTo } from '../../app/commands/search'
import { packetsMessages as m } from '../../app/i18n/packets'
import { fieldCopyItems, packetCopyItems } from '../../dialogs/copy-menus'
import type { CaptureSession } from '../../model/capture-session'
import { makeColumn } from '../../model/columns'
import type { MenuItem } from '../../ui/menu'

/** Menu entries of commands, left out where they are not offered. */
export function commandItems(app: App, ids: readonly string[]): readonly MenuItem[] {
  return ids.flatMap((id): MenuItem[] => {
    const command = COMMANDS.find(id)
    if (command === undefined || command.offered?.(app) === false) return []
    return [
      {
        id,
        label: app.t(command.title),
        icon: command.icon,
        shortcut: shortcutText(command, app.host.kind),
        disabled: command.enabled?.(app) === false,
        checked: command.checked?.(app),
        onSelect: () => COMMANDS.run(id, app),
      },
    ]
  })
}

/** A menu without separators at its ends or next to each other, which remain where entries are not offered. */
export function tidy(items: readonly MenuItem[]): readonly MenuItem[] {
  const kept: MenuItem[] = []
  for (const item of items) {
    if (item.kind === 'separator' && (kept.length === 0 || kept.at(-1)?.kind === 'separator')) continue
    kept.push(item)
  }
  while (kept.at(-1)?.kind === 'separator') kept.pop()
  return kept
}

/** Context menu of the packet list. `filter` selects the cell's value; null where none can. */
export function packetMenu(app: App, session: CaptureSession, filter: string | null): readonly MenuItem[] {
  return tidy([
    ...(filter === null ? [] : [...filterItems(app, session, filter), ...searchItems(app, filter)]),
    { kind: 'separator', id: 's0' },
    ...commandItems(app, ['packet.mark', 'packet.ignore', 'packet.time-reference', 'packet.comment', 'packet.decode-as']),
    { kind: 'separator', id: 's1' },
    ...commandItems(app, ['go.next-conversation', 'go.previous-conversation']),
    { kind: 'separator', id: 's2' },
    ...packetCopyItems(app, session),
    { kind: 'separator', id: 's3' },
    ...commandItems(app, ['file.save-displayed', 'file.save-marked']),
  ])
}

/** The filter that combines the one in force with `filter`. */
export function combineFilters(current: string, filter: string, how: 'selected' | 'not' | 'and' | 'or' | 'and-not'): string {
  const negated = `!(${filter})`
  if (how === 'selected' || current.trim() === '') return how === 'not' || how === 'and-not' ? negated : filter
  if (how === 'not') return negated
  const wrapped = /(\|\||\bor\b|&&|\band\b)/.test(current) ? `(${current})` : current
  if (how === 'and') return `${wrapped} && ${filter}`
  if (how === 'or') return `${wrapped} || ${filter}`
  return `${wrapped} && ${negated}`
}

/** Sub-menus "apply as filter" and "prepare as filter" for a filter text, or one disabled entry when nothing can select it. */
export function filterItems(app: App, session: CaptureSession, filter: string | null): readonly MenuItem[] {
  if (filter === null)
    return [
      {
        id: 'no-filter',
        label: app.t(m.applyAsFilter),
        icon: Filter,
        disabled: true,
        reason: app.t(m.noFilter),
        onSelect: () => undefined,
      },
    ]
  const names = [
    ['selected', m.filterSelected],
    ['not', m.filterNot],
    ['and', m.filterAnd],
    ['or', m.filterOr],
    ['and-not', m.filterAndNot],
  ] as const
  const items = (prefix: string, take: (text: string) => void): readonly MenuItem[] =>
    names.map(([how, name]) => ({
      id: `${prefix}-${how}`,
      label: app.t(name),
      onSelect: () => {
        take(combineFilters(session.info.get().filter, filter, how))
      },
    }))
  return [
    {
      kind: 'menu',
      id: 'apply-filter',
      label: app.t(m.applyAsFilter),
      icon: Filter,
      items: items('apply', (text) => {
        session.applyFilter(text).catch((error: unknown) => {
          session.fail(error)
        })
      }),
    },
    {
      kind: 'menu',
      id: 'prepare-filter',
      label: app.t(m.prepareFilter),
      icon: FilterX,
      items: items('prepare', (text) => {
        session.filterDraft.set(text)
        COMMANDS.run('filter.focus', app)
      }),
    },
  ]
}

/** Entries that use a filter otherwise: the next packet that passes it, a colour rule with it. */
function searchItems(app: App, filter: string): readonly MenuItem[] {
  return [
    {
      id: 'find-next-value',
      label: app.t(m.findNextValue),
      icon: Search,
      onSelect: () => {
        stepTo(app, { kind: 'filter', text: filter }, false).catch((error: unknown) => {
          app.report(error)
        })
      },
    },
    {
      id: 'color-rule',
      label: app.t(m.colorThis),
      icon: Paintbrush,
      onSelect: () => {
        app.openDialog('color-rules', { filter })
      },
    },
  ]
}

/** Adds a column for a field before the last column (Info). */
export function addFieldColumn(app: App, field: string): void {
  const columns = app.settings.get().columns
  const column = makeColumn(
    `field:${field}`,
    columns.map((other) => other.id),
  )
  app.settings.update({ columns: [...columns.slice(0, -1), column, ...columns.slice(-1)] })
}

/** Context menu of a row of the detail tree. `expand` opens or closes everything below the row. */
export function fieldMenu(
  app: App,
  session: CaptureSession,
  packet: PacketDetail,
  row: TreeRow,
  expand: (open: boolean) => void,
): readonly MenuItem[] {
  const isField = row.field !== '' && !row.field.startsWith('_ws.expert')
  return tidy([
    ...filterItems(app, session, row.filter),
    ...(row.filter === null ? [] : searchItems(app, row.filter)),
    {
      id: 'add-column',
      label: app.t(m.addColumn),
      icon: Columns3,
      disabled: !isField,
      onSelect: () => {
        addFieldColumn(app, row.field)
      },
    },
    ...commandItems(app, ['view.inspector']),
    ...(row.frame > 0
      ? [
          {
            id: 'frame',
            label: app.t(m.goToFrame, { number: String(row.frame) }),
            icon: CornerDownRight,
            onSelect: () => {
              session.goTo(row.frame).catch((error: unknown) => {
                session.fail(error)
              })
            },
          } satisfies MenuItem,
        ]
      : []),
    { kind: 'separator', id: 's1' },
    {
      id: 'expand',
      label: app.t(m.expandSubtree),
      disabled: !row.parent,
      onSelect: () => {
        expand(true)
      },
    },
    {
      id: 'collapse',
      label: app.t(m.collapseSubtree),
      disabled: !row.parent,
      onSelect: () => {
        expand(false)
      },
    },
    ...commandItems(app, ['view.expand-all', 'view.collapse-all']),
    { kind: 'separator', id: 's2' },
    ...fieldCopyItems(app, session, packet, row),
  ])
}
