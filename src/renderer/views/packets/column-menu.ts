// Context menu of the list's header: sort, hide, show other columns, presets.
import { ArrowDown, ArrowUp, Columns3, EyeOff } from 'lucide-react'
import type { App } from '../../app/app-model'
import { COMMANDS } from '../../app/commands/commands'
import { COLUMN_TITLES, columnTitle } from '../../app/i18n/columns'
import { packetsMessages as m } from '../../app/i18n/packets'
import type { PlainMessage } from '../../app/i18n/messages'
import type { CaptureSession, SortState } from '../../model/capture-session'
import {
  BUILT_IN_CONTENTS,
  COLUMN_PRESETS,
  defaultWidth,
  makeColumn,
  presetColumns,
  type Column,
  type ColumnPreset,
} from '../../model/columns'
import type { MenuItem } from '../../ui/menu'

const PRESET_NAMES: Readonly<Record<ColumnPreset, PlainMessage>> = {
  standard: m.presetStandard,
  ports: m.presetPorts,
  timing: m.presetTiming,
  tcp: m.presetTcp,
  dns: m.presetDns,
  http: m.presetHttp,
}

/** Entries for the header of one column. */
export function columnMenu(app: App, session: CaptureSession, column: Column): readonly MenuItem[] {
  const { t } = app
  const columns = app.settings.get().columns
  const set = (next: readonly Column[]): void => {
    app.settings.update({ columns: next })
  }
  const change = (id: string, part: Partial<Column>): void => {
    set(columns.map((other) => (other.id === id ? { ...other, ...part } : other)))
  }
  const sortBy = (sort: SortState | null): void => {
    session.sortBy(sort).catch((error: unknown) => {
      session.fail(error)
    })
  }
  const visible = columns.filter((other) => other.visible)
  const missing = BUILT_IN_CONTENTS.filter((content) => !columns.some((other) => other.content === content))
  return [
    {
      id: 'sort-up',
      label: t(m.sortAscending),
      icon: ArrowUp,
      onSelect: () => {
        sortBy({ column: column.content, descending: false })
      },
    },
    {
      id: 'sort-down',
      label: t(m.sortDescending),
      icon: ArrowDown,
      onSelect: () => {
        sortBy({ column: column.content, descending: true })
      },
    },
    {
      id: 'sort-none',
      label: t(m.sortNone),
      disabled: session.sort.get() === null,
      onSelect: () => {
        sortBy(null)
      },
    },
    { kind: 'separator', id: 's1' },
    {
      id: 'width',
      label: t(m.resetWidth),
      onSelect: () => {
        change(column.id, { width: defaultWidth(column.content) })
      },
    },
    {
      id: 'hide',
      label: t(m.hideColumn),
      icon: EyeOff,
      disabled: visible.length < 2,
      onSelect: () => {
        change(column.id, { visible: false })
      },
    },
    {
      kind: 'menu',
      id: 'columns',
      label: t(m.columnsMenu),
      icon: Columns3,
      items: [
        ...columns.map((other): MenuItem => ({
          id: other.id,
          label: columnTitle(other, t),
          checked: other.visible,
          disabled: other.visible && visible.length < 2,
          onSelect: () => {
            change(other.id, { visible: !other.visible })
          },
        })),
        ...(missing.length === 0 ? [] : [{ kind: 'separator', id: 's3' } as const]),
        ...missing.map((content): MenuItem => ({
          id: content,
          label: t(COLUMN_TITLES[content]),
          checked: false,
          onSelect: () => {
            const at = columns.findIndex((other) => other.id === column.id) + 1
            set([
              ...columns.slice(0, at),
              makeColumn(
                content,
                columns.map((other) => other.id),
              ),
              ...columns.slice(at),
            ])
          },
        })),
      ],
    },
    {
      kind: 'menu',
      id: 'presets',
      label: t(m.presets),
      items: COLUMN_PRESETS.map((preset) => ({
        id: preset,
        label: t(PRESET_NAMES[preset]),
        onSelect: () => {
          set(presetColumns(preset))
        },
      })),
    },
    { id: 'edit', label: t(m.editColumns), onSelect: () => COMMANDS.run('view.columns', app) },
  ]
}
