// The capture filter: libpcap's compiler looks at it while it is typed. Beside it the button that starts.
import { useEffect, useState } from 'react'
import { Bookmark, CornerDownRight, Filter, Play, Square } from 'lucide-react'
import { asCaptureFilter } from '../../model/capture-filter'
import { isPipe } from '../../model/live-settings'
import { useStore } from '../../model/store'
import { Button, IconButton } from '../../ui/button'
import { TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { Menu, useMenuAnchor, type MenuItem } from '../../ui/menu'
import { useApp, useSetting } from '../app-context'
import { COMMANDS } from '../commands/commands'
import { shortcutText } from '../commands/registry'
import { liveMessages as m } from '../i18n/live'
import { useT } from '../i18n/use-t'
import { startCapture, stopCapture, updateLive } from '../live-actions'

const COMMON = ['tcp port 443', 'udp port 53', 'not port 22', 'arp or icmp', 'tcp[tcpflags] & (tcp-syn|tcp-fin) != 0'] as const
const CHECK_AFTER_MS = 150

interface Verdict {
  readonly text: string
  readonly problem: string | null
}

/** Asks libpcap about a text once it rests; null while the answer is not there. */
function useVerdict(text: string): Verdict | null {
  const app = useApp()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  useEffect(() => {
    if (text.trim() === '') return undefined
    let stopped = false
    const check = async (): Promise<void> => {
      try {
        const { problem } = await app.client.call('live.checkFilter', { filter: text, linkType: '' })
        if (!stopped) setVerdict({ text, problem })
      } catch {
        // Without a helper nothing can be said; starting will.
      }
    }
    const timer = setTimeout(() => void check(), CHECK_AFTER_MS)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [app, text])
  return verdict?.text === text && text.trim() !== '' ? verdict : null
}

/** Filter box, suggestions and start button. */
export function CaptureFilter() {
  const app = useApp()
  const t = useT()
  const { filter } = useSetting('live')
  const verdict = useVerdict(filter)
  const problem = verdict?.problem ?? null
  const change = (text: string): void => {
    app.settings.drag({ live: { ...app.settings.get().live, filter: text } })
  }
  return (
    <section>
      <div className="start-row">
        <h2>{t(m.filter)}</h2>
        <span className="f3">{t(m.filterHint)}</span>
      </div>
      <div className="start-filter">
        <TextField
          label={t(m.filter)}
          hideLabel
          mono
          icon={Filter}
          className="sp"
          value={filter}
          placeholder={t(m.filterPlaceholder)}
          error={problem === null ? undefined : t(m.filterWrong, { problem: problem.replace(/\.$/, '') })}
          hint={verdict !== null && problem === null ? t(m.filterOk) : undefined}
          end={<FilterMenu filter={filter} onChoose={change} />}
          onChange={change}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && problem === null) void startCapture(app)
          }}
        />
        <StartButton blocked={problem !== null} />
      </div>
      {problem !== null && <Suggestion filter={filter} onChoose={change} />}
      <div className="start-common">
        <span className="f3">{t(m.common)}</span>
        {COMMON.map((text) => (
          <button
            key={text}
            type="button"
            className="chip square mono"
            onClick={() => {
              change(text)
            }}
          >
            {text}
          </button>
        ))}
      </div>
    </section>
  )
}

function Suggestion({ filter, onChoose }: { readonly filter: string; readonly onChoose: (text: string) => void }) {
  const t = useT()
  const found = asCaptureFilter(filter)
  if (found === null) return null
  const { filter: better } = found
  return (
    <div className="start-row start-hint">
      <Icon icon={CornerDownRight} size="small" />
      <span>
        <b>{t(m.filterIsDisplay, { field: found.field })}</b> {better !== null && t(m.filterSayAs, { filter: better })}
      </span>
      {better !== null && (
        <button
          type="button"
          className="link"
          onClick={() => {
            onChoose(better)
          }}
        >
          {t(m.fixIt)}
        </button>
      )}
    </div>
  )
}

function FilterMenu({ filter, onChoose }: { readonly filter: string; readonly onChoose: (text: string) => void }) {
  const app = useApp()
  const t = useT()
  const menu = useMenuAnchor()
  const { savedFilters, filterHistory } = useSetting('live')
  const text = filter.trim()
  const isSaved = savedFilters.includes(text)
  const entry =
    (group: string) =>
    (one: string): MenuItem => ({
      id: `${group}-${one}`,
      label: one,
      onSelect: () => {
        onChoose(one)
      },
    })
  const recent = filterHistory.filter((one) => !savedFilters.includes(one))
  const items: MenuItem[] = [
    {
      id: 'keep',
      label: isSaved ? t(m.forgetFilter) : t(m.saveFilter),
      disabled: text === '',
      onSelect: () => {
        updateLive(app, { savedFilters: isSaved ? savedFilters.filter((one) => one !== text) : [...savedFilters, text] })
      },
    },
    { kind: 'separator', id: 'saved' },
    ...(savedFilters.length + recent.length === 0
      ? [{ id: 'none', label: t(m.noSaved), disabled: true, onSelect: () => undefined }]
      : [...savedFilters.map(entry('saved')), ...recent.map(entry('recent'))]),
  ]
  return (
    <>
      <IconButton
        label={t(m.savedFilters)}
        icon={Bookmark}
        size="small"
        aria-haspopup="menu"
        onClick={(event) => {
          menu.openAt({ element: event.currentTarget })
        }}
      />
      {menu.anchor !== null && <Menu label={t(m.savedFilters)} anchor={menu.anchor} onClose={menu.close} end items={items} />}
    </>
  )
}

function StartButton({ blocked }: { readonly blocked: boolean }) {
  const app = useApp()
  const t = useT()
  const { interfaces } = useSetting('live')
  const running = useStore(app.live.capture)?.running === true
  const toggle = COMMANDS.find('live.toggle')
  const shortcut = toggle === undefined ? undefined : shortcutText(toggle, app.host.kind)
  if (running) {
    return (
      <Button icon={Square} shortcut={shortcut} onClick={() => void stopCapture(app)}>
        {t(m.stopCapture)}
      </Button>
    )
  }
  const names = interfaces.map((name) => (isPipe(name) ? (name.split('/').at(-1) ?? name) : name)).join(', ')
  return (
    <Button
      kind="primary"
      icon={Play}
      shortcut={shortcut}
      disabled={interfaces.length === 0 || (blocked && !interfaces.every(isPipe))}
      onClick={() => void startCapture(app)}
    >
      <span className="cut">{interfaces.length === 0 ? t(m.start) : t(m.startOn, { names })}</span>
    </Button>
  )
}
