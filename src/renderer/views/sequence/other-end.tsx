// Two captures of one connection: which other capture lies beside this one, what lies between them in numbers, and what to do when there is none.
import { ChevronDown, FolderOpen } from 'lucide-react'
import type { DiagramInfo } from '../../../shared/contract'
import { useApp, useInfo } from '../../app/app-context'
import { formatSeconds } from '../../app/i18n/format'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { useMenuAnchor } from '../../ui/menu'
import { Popover } from '../../ui/popover'
import type { FoundEnd } from './use-other-ends'

const NS = 1e9

/** The capture laid beside, and a list of others behind it. */
export function OtherEndPicker({
  ends,
  chosen,
  onChoose,
}: {
  readonly ends: readonly FoundEnd[]
  readonly chosen: FoundEnd
  readonly onChoose: (end: FoundEnd) => void
}) {
  const t = useT()
  const { anchor, openAt, close } = useMenuAnchor()
  return (
    <>
      <Button
        className="sq-pick"
        aria-haspopup="dialog"
        title={t(m.chooseBeside)}
        onClick={(event) => {
          openAt({ element: event.currentTarget })
        }}
      >
        <span className="f3">{t(m.with)}</span>
        <EndName end={chosen} />
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {anchor !== null && (
        <Popover anchor={anchor} onClose={close} label={t(m.chooseBeside)} role="dialog">
          <div className="sq-scopes">
            <div className="sq-scope-list">
              {ends.map((end) => (
                <button
                  key={`${end.session.id} ${end.stream}`}
                  type="button"
                  aria-current={end === chosen ? 'true' : undefined}
                  onClick={() => {
                    close()
                    onChoose(end)
                  }}
                >
                  <EndName end={end} />{' '}
                  <span className="mono f2">
                    {end.a} ↔ {end.b}
                  </span>
                </button>
              ))}
            </div>
            <AddCapture onOpen={close} />
          </div>
        </Popover>
      )}
    </>
  )
}

function EndName({ end }: { readonly end: FoundEnd }) {
  const t = useT()
  const name = useInfo(end.session, (info) => info.name)
  return (
    <>
      <b className="cut">{name}</b> <span className="f3">{t(m.stream, { number: String(end.stream) })}</span>
    </>
  )
}

/** Opens the capture of the other end without leaving this one. */
function AddCapture({ onOpen }: { readonly onOpen?: () => void }) {
  const app = useApp()
  const t = useT()
  return (
    <Button
      icon={FolderOpen}
      onClick={() => {
        onOpen?.()
        void app.chooseFile(true)
      }}
    >
      {t(m.addCapture)}
    </Button>
  )
}

/** No open capture to lay beside this one. */
export function NoOtherEnd({ others }: { readonly others: number }) {
  const t = useT()
  return (
    <div className="state">
      <h2>{t(m.noBeside)}</h2>
      <p>{others > 0 ? t(m.noneOfThem, { count: others }) : t(m.noBesideText)}</p>
      <AddCapture />
    </div>
  )
}

/** What became of packets between the two captures, and how their clocks differ. */
export function BetweenChips({ between }: { readonly between: DiagramInfo['between'] }) {
  const t = useT()
  const language = useLanguage()
  if (between === null) return null
  const { lost, overtaken, repeated, late, offset, uncertainty } = between
  const time = (ns: number): string => formatSeconds(ns / NS, language)
  return (
    <>
      {lost > 0 && <Chip kind="bad">{t(m.lostBetween, { count: lost })}</Chip>}
      {repeated > 0 && <Chip kind="bad">{t(m.repeatedBetween, { count: repeated })}</Chip>}
      {overtaken > 0 && <Chip className="pink">{t(m.overtakenBetween, { count: overtaken })}</Chip>}
      {late > 0 && <Chip kind="warn">{t(m.lateBetween, { count: late })}</Chip>}
      <Chip kind={offset === null || uncertainty === null ? 'dash' : 'plain'}>
        {offset === null
          ? t(m.clocksUnknown)
          : t(m.clocksApart, {
              offset: `${offset < 0 ? '−' : '+'}${time(Math.abs(offset))}`,
              uncertainty: uncertainty === null ? '?' : time(uncertainty),
            })}
      </Chip>
    </>
  )
}
