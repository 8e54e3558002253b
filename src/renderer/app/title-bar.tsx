// Title bar: mark, capture tabs, command field, language, theme, settings.
import { useState } from 'react'
import { ChevronDown, FileText, KeyRound, Languages, Monitor, Moon, Search, Settings2, Sun, X } from 'lucide-react'
import type { CaptureSession } from '../model/capture-session'
import { useStore } from '../model/store'
import { IconButton, Key } from '../ui/button'
import { Icon } from '../ui/icon'
import { Menu, useMenuAnchor } from '../ui/menu'
import { Tooltip } from '../ui/tooltip'
import { useApp, useInfo, useSetting } from './app-context'
import { COMMANDS } from './commands/commands'
import { shortcutText } from './commands/registry'
import { shellMessages as m } from './i18n/shell'
import { useLanguage, useT } from './i18n/use-t'
import { useWindowWidth } from './use-window-width'

/** The title bar. */
export function TitleBar() {
  const app = useApp()
  const t = useT()
  const palette = COMMANDS.find('view.palette')
  return (
    <header className="title" data-pane="title">
      <div className="brand">
        <span className="mark">
          <Mark />
        </span>
        <CaptureTabs />
      </div>
      <button
        type="button"
        className="cmd"
        onClick={() => {
          app.openDialog('palette', { text: '' })
        }}
      >
        <Icon icon={Search} />
        <span className="cut">{t(m.commandField)}</span>
        <span className="sp" />
        {palette !== undefined && <Key>{shortcutText(palette, app.host.kind)}</Key>}
      </button>
      <div className="end">
        <LanguageButton />
        <ThemeButton />
        <IconButton
          label={t(m.settings)}
          icon={Settings2}
          onClick={() => {
            app.openDialog('settings', {})
          }}
        />
      </div>
    </header>
  )
}

function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" strokeWidth="1.6" strokeLinecap="round" role="img" aria-label="Wireglass">
      <rect x="1.5" y="1.5" width="17" height="17" rx="5" stroke="var(--line-3)" />
      <path d="M5 7h10M15 7l-2.2-2M15 13H5M5 13l2.2 2" stroke="var(--accent)" />
    </svg>
  )
}

function CaptureTabs() {
  const app = useApp()
  const t = useT()
  const captures = useStore(app.captures)
  const active = useStore(app.active)
  const opening = useStore(app.opening)
  const width = useWindowWidth()
  const menu = useMenuAnchor()
  // The brand side is (width - command field) / 2 wide; tabs are 60 to 180 px.
  const room = Math.max(1, Math.floor(((width < 1200 ? width - 260 : width - 400) / 2 - 120) / 150))
  const shown = captures.length <= room ? captures : pickShown(captures, active, room)
  const hidden = captures.filter((session) => !shown.includes(session))
  const step = (from: number, by: number): void => {
    const next = shown[(from + by + shown.length) % shown.length]
    if (next === undefined) return
    app.active.set(next)
    document.getElementById(`tab-${String(next.id)}`)?.focus()
  }
  return (
    <>
      {shown.length > 0 && (
        <div role="tablist" aria-label={t(m.captures)} className="tabs">
          {shown.map((session, index) => (
            <CaptureTab
              key={session.id}
              session={session}
              active={session === active}
              onStep={(by) => {
                step(index, by)
              }}
            />
          ))}
        </div>
      )}
      {opening !== null && (
        <span className="tab busy" aria-busy="true">
          <i className="spinner" aria-hidden="true" />
          <span className="cut">{opening.name}</span>
        </span>
      )}
      {hidden.length > 0 && (
        <button
          type="button"
          className="ib"
          aria-haspopup="menu"
          aria-label={t(m.moreTabs)}
          onClick={(event) => {
            menu.openAt({ element: event.currentTarget })
          }}
        >
          +{hidden.length}
          <Icon icon={ChevronDown} size="small" />
        </button>
      )}
      {menu.anchor !== null && (
        <Menu
          label={t(m.moreTabs)}
          anchor={menu.anchor}
          onClose={menu.close}
          items={hidden.map((session) => ({
            id: String(session.id),
            label: session.info.get().name,
            icon: FileText,
            onSelect: () => {
              app.active.set(session)
            },
          }))}
        />
      )}
    </>
  )
}

function pickShown(captures: readonly CaptureSession[], active: CaptureSession | null, room: number): readonly CaptureSession[] {
  const first = captures.slice(0, room)
  return active === null || first.includes(active) ? first : [...first.slice(0, room - 1), active]
}

function CaptureTab({
  session,
  active,
  onStep,
}: {
  readonly session: CaptureSession
  readonly active: boolean
  readonly onStep: (by: number) => void
}) {
  const app = useApp()
  const t = useT()
  const name = useInfo(session, (info) => info.name)
  const path = useInfo(session, (info) => info.path)
  const dirty = useInfo(session, (info) => info.dirty)
  const hasSecrets = useInfo(session, (info) => info.hasSecrets)
  return (
    <span className={`tab ${active ? 'on' : ''}`} role="presentation">
      <Tooltip text={path ?? name}>
        <button
          type="button"
          id={`tab-${String(session.id)}`}
          role="tab"
          aria-selected={active}
          tabIndex={active ? 0 : -1}
          onClick={() => {
            app.active.set(session)
          }}
          onAuxClick={(event) => {
            if (event.button === 1) void app.close(session)
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') onStep(1)
            else if (event.key === 'ArrowLeft') onStep(-1)
            else if (event.key === 'Delete') void app.close(session)
            else return
            event.preventDefault()
          }}
        >
          <Icon icon={FileText} />
          <span className="cut">{name}</span>
          {hasSecrets && (
            <span className="ok-text row">
              <Icon icon={KeyRound} size="small" />
              <span className="visually-hidden">{t(m.hasSecrets)}</span>
            </span>
          )}
          {dirty && (
            <span className="dirty">
              <span className="visually-hidden">{t(m.unsaved)}</span>
            </span>
          )}
        </button>
      </Tooltip>
      <button
        type="button"
        className="tab-close"
        tabIndex={-1}
        aria-label={t(m.closeCapture, { name })}
        onClick={() => {
          void app.close(session)
        }}
      >
        <Icon icon={X} size="small" />
      </button>
    </span>
  )
}

function LanguageButton() {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const menu = useMenuAnchor()
  return (
    <>
      <button
        type="button"
        className="ib"
        aria-haspopup="menu"
        aria-label={`${t(m.language)}: ${language === 'zh' ? '中文' : 'EN'}`}
        onClick={(event) => {
          menu.openAt({ element: event.currentTarget })
        }}
      >
        <Icon icon={Languages} />
        <span>{language === 'zh' ? '中文' : 'EN'}</span>
      </button>
      {menu.anchor !== null && (
        <Menu
          label={t(m.language)}
          anchor={menu.anchor}
          onClose={menu.close}
          end
          items={(['en', 'zh'] as const).map((value) => ({
            id: value,
            label: value === 'zh' ? '简体中文' : 'English',
            checked: value === language,
            radio: true,
            onSelect: () => {
              app.settings.update({ language: value })
            },
          }))}
        />
      )}
    </>
  )
}

const THEME_ICONS = { dark: Moon, light: Sun, system: Monitor } as const

function ThemeButton() {
  const app = useApp()
  const t = useT()
  const theme = useSetting('theme')
  const menu = useMenuAnchor()
  const [names] = useState(() => ({ dark: m.dark, light: m.light, system: m.system }))
  return (
    <>
      <IconButton
        label={`${t(m.theme)}: ${t(names[theme])}`}
        icon={THEME_ICONS[theme]}
        aria-haspopup="menu"
        onClick={(event) => {
          menu.openAt({ element: event.currentTarget })
        }}
      />
      {menu.anchor !== null && (
        <Menu
          label={t(m.theme)}
          anchor={menu.anchor}
          onClose={menu.close}
          end
          items={(['dark', 'light', 'system'] as const).map((value) => ({
            id: value,
            label: t(names[value]),
            icon: THEME_ICONS[value],
            checked: value === theme,
            radio: true,
            onSelect: () => {
              app.settings.update({ theme: value })
            },
          }))}
        />
      )}
    </>
  )
}
