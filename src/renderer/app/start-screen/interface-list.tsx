// The interfaces of this machine: one or several are ticked, a double click starts at once.
import { useEffect, type KeyboardEvent } from 'react'
import { EthernetPort, Repeat, Wifi } from 'lucide-react'
import type { LiveInterface } from '../../../shared/contract'
import { isLively } from '../../model/live-capture'
import { isPipe } from '../../model/live-settings'
import { useStore } from '../../model/store'
import { Checkbox } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { useApp, useSetting } from '../app-context'
import { formatNumber } from '../i18n/format'
import { liveMessages as m } from '../i18n/live'
import { useLanguage, useT } from '../i18n/use-t'
import { startCapture, updateLive } from '../live-actions'
import { Sparkline } from './sparkline'

const COUNT_EVERY_MS = 1000
const LIST_EVERY_MS = 5000

/** The list with its heading. */
export function InterfaceList() {
  const app = useApp()
  const t = useT()
  const { interfaces, rates, error } = useStore(app.live.list)
  const { showAll, interfaces: chosen } = useSetting('live')
  useCounting()
  const all = interfaces ?? []
  const lively = all.filter((one) => isLively(one, rates[one.name] !== undefined) || chosen.includes(one.name))
  const shown = showAll ? all : lively
  const hidden = all.length - lively.length
  return (
    <section>
      <div className="start-row">
        <h2>{t(m.interfaces)}</h2>
        <span className="f3">{t(m.interfacesHint)}</span>
        <span className="sp" />
        {hidden > 0 && (
          <Checkbox
            label={t(m.showAll, { count: hidden })}
            checked={showAll}
            onChange={(on) => {
              updateLive(app, { showAll: on })
            }}
          />
        )}
      </div>
      {error !== null && (
        <p className="bad-text" role="alert">
          {t(m.unreadable)} {error instanceof Error ? error.message : ''}
        </p>
      )}
      <ul className="iface-list" aria-label={t(m.interfaces)} onKeyDown={moveFocus}>
        {shown.map((one) => (
          <InterfaceRow key={one.name} one={one} rates={rates[one.name]} chosen={chosen.includes(one.name)} />
        ))}
        {interfaces !== null && shown.length === 0 && <li className="iface f3">{t(m.noInterfaces)}</li>}
      </ul>
    </section>
  )
}

/** Arrows go from box to box; Tab does too. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0) return
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type=checkbox]')]
  const next = boxes[boxes.findIndex((box) => box === document.activeElement) + by]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/** Reads the list and the counters while they are on screen. */
function useCounting(): void {
  const app = useApp()
  useEffect(() => {
    const quietly = (work: Promise<void>): void => {
      // The list itself says what is wrong; the next second tries again.
      work.catch(() => undefined)
    }
    const count = (): void => {
      if (!document.hidden) quietly(app.live.count(performance.now()))
    }
    quietly(app.live.loadInterfaces())
    count()
    const counting = setInterval(count, COUNT_EVERY_MS)
    const listing = setInterval(() => {
      if (!document.hidden) quietly(app.live.loadInterfaces())
    }, LIST_EVERY_MS)
    return () => {
      clearInterval(counting)
      clearInterval(listing)
    }
  }, [app])
}

function InterfaceRow({
  one,
  rates,
  chosen,
}: {
  readonly one: LiveInterface
  readonly rates: readonly number[] | undefined
  readonly chosen: boolean
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const choose = (on: boolean): void => {
    const others = app.settings.get().live.interfaces.filter((name) => name !== one.name && !isPipe(name))
    updateLive(app, { interfaces: on ? [...others, one.name] : others })
  }
  const kind = one.loopback ? m.loopback : one.wireless ? m.wireless : m.ethernet
  const state = one.up ? (one.connected === false ? t(m.isDisconnected) : '') : t(m.isDown)
  const rate = rates?.at(-1)
  return (
    <li
      className={`iface ${chosen ? 'on' : ''}`}
      onDoubleClick={() => {
        updateLive(app, { interfaces: [one.name] })
        void startCapture(app)
      }}
    >
      <Checkbox label={one.name} hideLabel checked={chosen} onChange={choose} />
      <Icon icon={one.loopback ? Repeat : one.wireless ? Wifi : EthernetPort} />
      <span className="iface-name">
        {one.name}
        <small className="cut">
          {[one.description === '' ? t(kind) : one.description, state].filter((text) => text !== '').join(' · ')}
        </small>
      </span>
      <span className="iface-addresses mono" title={one.addresses.join(', ')}>
        {one.addresses.length === 0 ? (
          <span className="f3">{t(m.noAddress)}</span>
        ) : (
          one.addresses.slice(0, 2).map((text) => <span key={text}>{text}</span>)
        )}
      </span>
      <Sparkline rates={rates ?? []} />
      <span className="iface-rate mono num">
        {rate === undefined ? (
          <span className="f3">{t(m.notCounted)}</span>
        ) : rate < 0.5 ? (
          <span className="f3">{t(m.idle)}</span>
        ) : (
          t(m.rate, { count: formatNumber(Math.round(rate), language) })
        )}
      </span>
    </li>
  )
}
