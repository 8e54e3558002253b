// Columns of the packet list: presets, order, visibility, title, width, and any field as a new one. Changes apply at once.
import { ArrowDown, ArrowUp, GripVertical, RotateCcw, Trash2 } from 'lucide-react'
import { useApp, useSetting } from '../../app/app-context'
import { columnTitle } from '../../app/i18n/columns'
import { columnMessages as m } from '../../app/i18n/dialogs'
import type { PlainMessage } from '../../app/i18n/messages'
import { useT } from '../../app/i18n/use-t'
import {
  COLUMN_PRESETS,
  makeColumn,
  MAX_COLUMN_WIDTH,
  MIN_COLUMN_WIDTH,
  presetColumns,
  type Column,
  type ColumnPreset,
} from '../../model/columns'
import { insertFieldColumn } from '../../model/column-order'
import { Button, IconButton } from '../../ui/button'
import { Checkbox, TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { Select } from '../../ui/select'
import { moveItem, useReorder } from '../reorder'
import { FieldPicker } from './field-picker'

const PRESET_NAMES: Readonly<Record<ColumnPreset, PlainMessage>> = {
  standard: m.presetStandard,
  ports: m.presetPorts,
  timing: m.presetTiming,
  tcp: m.presetTcp,
  dns: m.presetDns,
  http: m.presetHttp,
}

/** The preset that these columns are, or 'custom'. */
export function presetOf(columns: readonly Column[]): ColumnPreset | 'custom' {
  const contents = columns
    .filter((column) => column.visible)
    .map((column) => column.content)
    .join('\n')
  return (
    COLUMN_PRESETS.find(
      (preset) =>
        presetColumns(preset)
          .map((column) => column.content)
          .join('\n') === contents,
    ) ?? 'custom'
  )
}

/** The editor. */
export function ColumnEditor() {
  const app = useApp()
  const t = useT()
  const columns = useSetting('columns')
  const preset = presetOf(columns)
  const set = (next: readonly Column[]): void => {
    if (next.some((column) => column.visible)) app.settings.update({ columns: next })
    else app.toasts.show({ kind: 'info', title: t(m.atLeastOne) })
  }
  const change = (id: string, part: Partial<Column>): void => {
    set(columns.map((column) => (column.id === id ? { ...column, ...part } : column)))
  }
  const reorder = useReorder(columns.length, (from, to) => {
    set(moveItem(columns, from, to))
  })
  return (
    <div className="ce">
      <div className="row g8 ce-top">
        <span className="f2">{t(m.intro)}</span>
        <span className="sp" />
        <Select
          label={t(m.preset)}
          value={preset}
          options={[
            ...COLUMN_PRESETS.map((value) => ({ value, name: t(PRESET_NAMES[value]) })),
            ...(preset === 'custom' ? [{ value: 'custom' as const, name: t(m.presetCustom) }] : []),
          ]}
          end
          onChange={(value) => {
            if (value !== 'custom') set(presetColumns(value))
          }}
        />
        <Button
          icon={RotateCcw}
          onClick={() => {
            set(presetColumns('standard'))
          }}
        >
          {t(m.reset)}
        </Button>
      </div>
      <div className="ce-head f3 t11" aria-hidden="true">
        <span />
        <span>{t(m.headName)}</span>
        <span>{t(m.headContent)}</span>
        <span>{t(m.headWidth)}</span>
      </div>
      <ul className="ce-list">
        {columns.map((column, index) => {
          const name = columnTitle(column, t)
          return (
            <li key={column.id} className={`ce-row ${column.visible ? '' : 'off'}`} {...reorder(index)}>
              <Icon icon={GripVertical} className="grip" />
              <Checkbox
                label={t(m.show, { name })}
                hideLabel
                checked={column.visible}
                onChange={(visible) => {
                  change(column.id, { visible })
                }}
              />
              <TextField
                label={t(m.name, { name })}
                hideLabel
                value={column.title ?? ''}
                placeholder={columnTitle({ ...column, title: null }, t)}
                maxLength={200}
                onChange={(title) => {
                  change(column.id, { title: title === '' ? null : title })
                }}
              />
              <span className="mono f3 t11 cut">{column.content.replace(/^field:/, '')}</span>
              <WidthField
                label={t(m.width, { name })}
                width={column.width}
                onChange={(width) => {
                  change(column.id, { width })
                }}
              />
              <IconButton
                label={t(m.up, { name })}
                icon={ArrowUp}
                size="small"
                disabled={index === 0}
                onClick={() => {
                  set(moveItem(columns, index, index - 1))
                }}
              />
              <IconButton
                label={t(m.down, { name })}
                icon={ArrowDown}
                size="small"
                disabled={index === columns.length - 1}
                onClick={() => {
                  set(moveItem(columns, index, index + 1))
                }}
              />
              <IconButton
                label={t(m.remove, { name })}
                icon={Trash2}
                size="small"
                onClick={() => {
                  set(columns.filter((other) => other.id !== column.id))
                }}
              />
            </li>
          )
        })}
      </ul>
      <FieldPicker
        onPick={(pick) => {
          if (pick.kind === 'field') set(insertFieldColumn(columns, pick.name))
          else
            set([
              ...columns,
              makeColumn(
                pick.content,
                columns.map((column) => column.id),
              ),
            ])
        }}
      />
    </div>
  )
}

function WidthField({
  label,
  width,
  onChange,
}: {
  readonly label: string
  readonly width: number
  readonly onChange: (width: number) => void
}) {
  return (
    <input
      type="number"
      aria-label={label}
      className="inp mono ce-width"
      min={MIN_COLUMN_WIDTH}
      max={MAX_COLUMN_WIDTH}
      step={4}
      value={Math.round(width)}
      onChange={(event) => {
        const value = event.target.valueAsNumber
        if (Number.isFinite(value)) onChange(Math.min(Math.max(value, MIN_COLUMN_WIDTH), MAX_COLUMN_WIDTH))
      }}
    />
  )
}
