// Which connection, pair of hosts or list of packets the diagram shows: a button with the present one, arrows beside it, a list behind it.
import { useEffect, useState } from 'react'
import { ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react'
import type { Result, StreamSummary } from '../../../shared/contract'
import { useApp } from '../../app/app-context'
import { formatNumber } from '../../app/i18n/format'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { Button, IconButton } from '../../ui/button'
import { useMenuAnchor } from '../../ui/menu'
import { Popover } from '../../ui/popover'
import type { Scope } from './sequence-state'

type Streams = Result<'diagram.streams'>

/** Connections listed at once; more are found by typing. */
const LISTED = 100

/** The picker. */
export function ScopePicker({
  session,
  scope,
  streamsOnly = false,
  onChange,
}: {
  readonly session: CaptureSession
  readonly scope: Scope
  /** Offers connections alone. */
  readonly streamsOnly?: boolean
  readonly onChange: (scope: Exclude<Scope, null>) => void
}) {
  const t = useT()
  const { anchor, openAt, close } = useMenuAnchor()
  const current = useStreams(session, scope?.kind === 'stream' ? scope.stream : 0, 1)
  const stream = scope?.kind === 'stream' ? scope.stream : -1
  const total = current?.total ?? 0
  const known = current?.streams[0]
  const go = (next: number) => () => {
    onChange({ kind: 'stream', stream: next })
  }
  return (
    <>
      <IconButton
        label={t(m.previousStream)}
        icon={ChevronLeft}
        disabled={stream <= 0 && scope?.kind === 'stream'}
        onClick={go(scope?.kind === 'stream' ? stream - 1 : Math.max(0, total - 1))}
      />
      <Button
        className="sq-pick"
        aria-haspopup="dialog"
        title={t(m.chooseScope)}
        onClick={(event) => {
          openAt({ element: event.currentTarget })
        }}
      >
        {scope?.kind === 'stream' ? (
          <>
            <b>{t(m.stream, { number: String(stream) })}</b>
            {known?.stream === stream && (
              <span className="mono f3">
                {known.a} ↔ {known.b}
              </span>
            )}
          </>
        ) : scope?.kind === 'pair' ? (
          <b className="mono">{t(m.pair, { a: scope.a, b: scope.b })}</b>
        ) : (
          <b>{t(m.everything)}</b>
        )}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <IconButton label={t(m.nextStream)} icon={ChevronRight} disabled={stream + 1 >= total} onClick={go(stream + 1)} />
      {anchor !== null && (
        <Popover anchor={anchor} onClose={close} label={t(m.chooseScope)} role="dialog">
          <ScopeList
            session={session}
            pair={known?.stream === stream && !streamsOnly ? known : undefined}
            streamsOnly={streamsOnly}
            onChoose={(next) => {
              close()
              onChange(next)
            }}
          />
        </Popover>
      )}
    </>
  )
}

function ScopeList({
  session,
  pair,
  streamsOnly,
  onChoose,
}: {
  readonly session: CaptureSession
  readonly streamsOnly: boolean
  readonly pair: StreamSummary | undefined
  readonly onChoose: (scope: Exclude<Scope, null>) => void
}) {
  const t = useT()
  const language = useLanguage()
  const [text, setText] = useState('')
  const found = useStreams(session, 0, LISTED, text)
  const hosts = pair === undefined ? undefined : ([hostOf(pair.a), hostOf(pair.b)] as const)
  return (
    <div className="sq-scopes">
      <input
        className="inp"
        type="search"
        value={text}
        aria-label={t(m.searchStreams)}
        placeholder={t(m.searchStreams)}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
      />
      <div className="sq-scope-list">
        {!streamsOnly && (
          <button
            type="button"
            onClick={() => {
              onChoose({ kind: 'displayed' })
            }}
          >
            {t(m.everything)}
          </button>
        )}
        {hosts !== undefined && (
          <button
            type="button"
            title={t(m.pairOf)}
            onClick={() => {
              onChoose({ kind: 'pair', a: hosts[0], b: hosts[1] })
            }}
          >
            {t(m.pair, { a: hosts[0], b: hosts[1] })}
          </button>
        )}
        {found?.streams.map(({ stream, a, b }) => (
          <button
            key={stream}
            type="button"
            onClick={() => {
              onChoose({ kind: 'stream', stream })
            }}
          >
            <b>{t(m.stream, { number: String(stream) })}</b>{' '}
            <span className="mono f2">
              {a} ↔ {b}
            </span>
          </button>
        ))}
        {found?.total === 0 && <p className="f3">{t(m.noStreams)}</p>}
        {found !== null && found.total > found.streams.length && (
          <p className="f3">
            {t(m.moreStreams, { count: found.total - found.streams.length }).replace(
              String(found.total - found.streams.length),
              formatNumber(found.total - found.streams.length, language),
            )}
          </p>
        )}
      </div>
    </div>
  )
}

/** Some TCP streams of a capture; null while they are on their way. */
export function useStreams(session: CaptureSession, first: number, count: number, text = ''): Streams | null {
  const app = useApp()
  const [streams, setStreams] = useState<Streams | null>(null)
  useEffect(() => {
    let current = true
    app.client.call('diagram.streams', { captureId: session.id, text, first, count }).then(
      (found) => {
        if (current) setStreams(found)
      },
      (error: unknown) => {
        app.report(error)
      },
    )
    return () => {
      current = false
    }
  }, [app, session, first, count, text])
  return streams
}

/** The address of "10.0.0.1:80" or "[::1]:80". */
function hostOf(endpoint: string): string {
  return endpoint.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}
