// Toolbar of the packets view: open, filter, time format, layout.
import { Clock, Ellipsis, FolderOpen, PanelBottom, PanelRight, Rows3, Save } from 'lucide-react'
import type { TimeFormat } from '../../../shared/contract'
import { useApp, useSetting } from '../../app/app-context'
import { COMMANDS } from '../../app/commands/commands'
import { shortcutText } from '../../app/commands/registry'
import type { PlainMessage } from '../../app/i18n/messages'
import { packetsMessages as m } from '../../app/i18n/packets'
import { shellMessages } from '../../app/i18n/shell'
import { useT } from '../../app/i18n/use-t'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import type { CaptureSession } from '../../model/capture-session'
import { IconButton, Segmented } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor, type MenuItem } from '../../ui/menu'
import { Select } from '../../ui/select'
import { CaptureButtons } from './capture-buttons'
import { FilterBox } from './filter-box'
import { commandItems, tidy } from './menus'

const TIME_NAMES: Readonly<Record<TimeFormat['kind'], PlainMessage>> = {
  relative: m.timeRelative,
  delta: m.timeDelta,
  'delta-displayed': m.timeDeltaDisplayed,
  absolute: m.timeAbsolute,
  'absolute-date': m.timeAbsoluteDate,
  utc: m.timeUtc,
  'utc-date': m.timeUtcDate,
  epoch: m.timeEpoch,
}
const TIME_KINDS = Object.keys(TIME_NAMES) as readonly TimeFormat['kind'][]

/** The toolbar. */
export function Toolbar({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const narrow = useWindowWidth() < NARROW
  const layout = useSetting('layout')
  const time = useSetting('timeFormat')
  const menu = useMenuAnchor()
  const open = COMMANDS.find('file.open')
  const precision: MenuItem = {
    kind: 'menu',
    id: 'precision',
    label: t(m.precision),
    items: (['auto', 0, 1, 3, 6, 9] as const).map((value) => ({
      id: `precision-${String(value)}`,
      label: value === 'auto' ? t(m.precisionAuto) : t(m.precisionDigits, { count: value }),
      checked: time.precision === value,
      radio: true,
      onSelect: () => {
        app.settings.update({ timeFormat: { ...time, precision: value } })
      },
    })),
  }
  return (
    <div className="toolbar" data-pane="toolbar">
      {narrow ? (
        <IconButton
          label={t(shellMessages.open)}
          icon={FolderOpen}
          shortcut={open === undefined ? undefined : shortcutText(open, app.host.kind)}
          onClick={() => void app.chooseFile()}
        />
      ) : (
        <button type="button" className="ib" onClick={() => void app.chooseFile()}>
          <Icon icon={FolderOpen} />
          {t(shellMessages.open)}
        </button>
      )}
      <CaptureButtons session={session} />
      <IconButton label={t(shellMessages.save)} icon={Save} onClick={() => COMMANDS.run('file.save', app)} />
      <span className="vr" />
      <FilterBox session={session} />
      <Select
        className={narrow ? 'icon-only' : ''}
        label={t(m.time)}
        icon={Clock}
        end
        value={time.kind}
        options={TIME_KINDS.map((kind) => ({ value: kind, name: t(TIME_NAMES[kind]) }))}
        more={[{ kind: 'separator', id: 'time-more' }, precision]}
        onChange={(kind) => {
          app.settings.update({ timeFormat: { ...time, kind } })
        }}
      />
      {!narrow && (
        <Segmented
          label={t(m.layout)}
          value={layout}
          options={[
            { value: 'bottom', name: t(m.layoutBottom), icon: PanelBottom, iconOnly: true },
            { value: 'side', name: t(m.layoutSide), icon: PanelRight, iconOnly: true },
            { value: 'rows', name: t(m.layoutRows), icon: Rows3, iconOnly: true },
          ]}
          onChange={(value) => {
            app.settings.update({ layout: value })
          }}
        />
      )}
      <IconButton
        label={t(shellMessages.moreActions)}
        icon={Ellipsis}
        aria-haspopup="menu"
        onClick={(event) => {
          menu.openAt({ element: event.currentTarget })
        }}
      />
      {menu.anchor !== null && (
        <Menu
          label={t(shellMessages.moreActions)}
          anchor={menu.anchor}
          onClose={menu.close}
          end
          items={tidy([
            ...commandItems(app, ['file.save', 'file.save-displayed', 'file.save-marked', 'file.salvage', 'file.reload', 'file.close']),
            { kind: 'separator', id: 's1' },
            ...commandItems(app, ['edit.find', 'go.to', 'packet.unmark-all', 'packet.unignore-all']),
            { kind: 'separator', id: 's2' },
            ...commandItems(app, [
              'view.layout-bottom',
              'view.layout-side',
              'view.layout-rows',
              'view.overview',
              'view.inspector',
              'view.resolve-names',
              'view.colorize',
            ]),
            { kind: 'separator', id: 's3' },
            ...commandItems(app, ['view.columns', 'view.color-rules', 'help.keys']),
          ])}
        />
      )}
    </div>
  )
}
