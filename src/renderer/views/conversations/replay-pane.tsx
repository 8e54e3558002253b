// A terminal session as it was seen, with its real timing.
import { useState, type KeyboardEvent } from 'react'
import { Pause, Play, SkipBack, SkipForward, StepBack, StepForward, ShieldCheck, ShieldAlert } from 'lucide-react'
import { useApp, useInfo } from '../../app/app-context'
import { followMessages as m } from '../../app/i18n/follow'
import { useT } from '../../app/i18n/use-t'
import { NARROW, useWindowWidth } from '../../app/use-window-width'
import type { CaptureSession } from '../../model/capture-session'
import { IconButton, Segmented } from '../../ui/button'
import { PacketLink } from '../../ui/chip'
import { Checkbox } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { useReplay, type Replay } from './use-replay'
import './replay.css'

const SPEEDS = ['0.5', '1', '2', '4', '16'] as const

/** The pane below the header. */
export function ReplayPane({ session, stream }: { readonly session: CaptureSession; readonly stream: number }) {
  const app = useApp()
  const t = useT()
  const narrow = useWindowWidth() < NARROW
  const packets = useInfo(session, (info) => info.packets)
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>('1')
  const [shorten, setShorten] = useState(true)
  const replay = useReplay(session.id, stream, packets, Number(speed), shorten)
  const { session: said, columns, rows, lines, time, end, at, playing } = replay
  const goTo = (frame: number): void => {
    session.goTo(frame).catch((error: unknown) => {
      app.report(error)
    })
  }
  if (said !== null && said.events.length === 0) {
    return (
      <div className="state">
        <h2>{t(m.nothingReplay)}</h2>
      </div>
    )
  }
  const event = said?.events[at]
  return (
    <div className="cv-body">
      <div className="cv-main rp-main">
        <div
          className="rp-screen"
          role="img"
          aria-label={t(m.terminal, { columns: String(columns), rows: String(rows) })}
          tabIndex={0}
          data-pane="list"
          data-pane-focus=""
          onKeyDown={(key) => {
            onKey(key, replay)
          }}
        >
          {lines.map((runs, y) => (
            <div key={y}>
              {runs.map((run, x) => (
                <span
                  key={x}
                  className={`${run.bold ? 'bold' : ''} ${run.underline ? 'under' : ''} ${run.cursor ? 'cursor' : ''}`}
                  style={{ color: run.color, background: run.background }}
                >
                  {run.text}
                </span>
              ))}
            </div>
          ))}
        </div>
        <div className="rp-bar">
          <IconButton
            label={t(m.toStart)}
            icon={SkipBack}
            onClick={() => {
              replay.seek(0)
            }}
          />
          <IconButton
            label={t(m.previousEvent)}
            icon={StepBack}
            onClick={() => {
              replay.step(-1)
            }}
          />
          <IconButton
            label={t(playing ? m.pause : m.play)}
            icon={playing ? Pause : Play}
            onClick={() => {
              replay.play(!playing)
            }}
          />
          <IconButton
            label={t(m.nextEvent)}
            icon={StepForward}
            onClick={() => {
              replay.step(1)
            }}
          />
          <IconButton
            label={t(m.toEnd)}
            icon={SkipForward}
            onClick={() => {
              replay.seek(end)
            }}
          />
          <input
            type="range"
            min={0}
            max={Math.max(end, 0.001)}
            step="any"
            value={time}
            aria-label={t(m.position)}
            aria-valuetext={`${time.toFixed(3)} s`}
            onChange={(change) => {
              replay.seek(Number(change.currentTarget.value))
            }}
          />
          <span className="mono num">
            {time.toFixed(3)} / {end.toFixed(3)} s
          </span>
          <Segmented
            label={t(m.speed)}
            value={speed}
            options={SPEEDS.map((value) => ({ value, name: `${value === '0.5' ? '½' : value}×` }))}
            onChange={setSpeed}
          />
          <Checkbox label={t(m.shortenIdle)} checked={shorten} onChange={setShorten} />
        </div>
      </div>
      {!narrow && said !== null && (
        <aside className="cv-side" data-pane="inspector">
          <h3>{t(m.session)}</h3>
          <p>{t(m.whatReplay)}</p>
          <dl>
            <dt>{t(m.atPacket)}</dt>
            <dd>
              {event === undefined ? (
                '–'
              ) : (
                <PacketLink number={event.frame} label={t(m.goToPacket, { number: String(event.frame) })} onOpen={goTo} />
              )}
            </dd>
            <dt>{t(m.packets)}</dt>
            <dd>{t(m.events, { count: said.events.length })}</dd>
            <dt>{t(m.size)}</dt>
            <dd>{t(said.size === null ? m.sizeAssumed : m.sizeAgreed, { columns: String(columns), rows: String(rows) })}</dd>
            {said.telnet && (
              <>
                <dt>{t(m.commands)}</dt>
                <dd>{t(m.commandsOut)}</dd>
              </>
            )}
          </dl>
          <ul>
            <li>
              <span className="warn">
                <Icon icon={ShieldAlert} />
              </span>
              {t(m.clearText)}
            </li>
            <li>
              <span className="ok">
                <Icon icon={ShieldCheck} />
              </span>
              {t(m.safeReplay)}
            </li>
          </ul>
          {said.more && <p>{t(m.sessionCut)}</p>}
        </aside>
      )}
    </div>
  )
}

function onKey(event: KeyboardEvent, replay: Replay): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  if (event.key === ' ') replay.play(!replay.playing)
  else if (event.key === 'ArrowRight') replay.step(1)
  else if (event.key === 'ArrowLeft') replay.step(-1)
  else if (event.key === 'Home') replay.seek(0)
  else if (event.key === 'End') replay.seek(replay.end)
  else return
  event.preventDefault()
  event.stopPropagation()
}
