// Finding in a followed stream: Ctrl+F inside the pane, Enter next, Shift+Enter previous, Esc back to the rows.
import { useEffect, useRef, useState } from 'react'
import { CaseSensitive, ChevronDown, ChevronUp, Search } from 'lucide-react'
import type { FollowSpec, Result } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { focusPane } from '../../app/commands/panes'
import { followMessages as m } from '../../app/i18n/follow'
import { formatNumber } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { IconButton } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { Mark } from './follow-rows'

/** Text that rests this long is looked for. */
const SETTLE_MS = 200

/** The find box. */
export function FollowFind({
  spec,
  rowCount,
  onMark,
}: {
  readonly spec: FollowSpec
  readonly rowCount: number
  readonly onMark: (mark: Mark | null) => void
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [hex, setHex] = useState(false)
  const [matchCase, setMatchCase] = useState(false)
  const [found, setFound] = useState<Result<'follow.find'> | null>(null)
  const [at, setAt] = useState(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || document.body.dataset['modal'] !== undefined) return
      event.preventDefault()
      event.stopPropagation()
      input.current?.focus()
      input.current?.select()
    }
    window.addEventListener('keydown', onKey, true)
    return () => {
      window.removeEventListener('keydown', onKey, true)
    }
  }, [])
  const isValid = text !== '' && (!hex || /^([0-9a-f]{2}[\s:]?)+$/i.test(text.trim()))
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      if (!isValid) {
        setFound(null)
        onMark(null)
        return
      }
      app.client.call('follow.find', { spec, text: hex ? text.trim() : text, hex, matchCase }, { signal: abort.signal }).then(
        (answer) => {
          setFound(answer)
          setAt(0)
          const first = answer.places[0]
          onMark(first === undefined ? null : { ...first, length: answer.length })
        },
        (error: unknown) => {
          if (!isCancelled(error)) app.report(error)
        },
      )
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [app, spec, text, hex, matchCase, isValid, onMark, rowCount])
  const step = (by: 1 | -1): void => {
    const total = found?.places.length ?? 0
    if (found === null || total === 0) return
    const next = (at + by + total) % total
    setAt(next)
    const place = found.places[next]
    if (place !== undefined) onMark({ ...place, length: found.length })
  }
  const total = found?.places.length ?? 0
  return (
    <div className="fl-find" role="search">
      <span className={`inp ${found !== null && total === 0 ? 'bad' : ''}`}>
        <Icon icon={Search} />
        <input
          ref={input}
          aria-label={t(m.find)}
          placeholder={t(m.find)}
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
            else if (event.key === 'Escape') focusPane('list')
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
        <span className="f3 num" aria-live="polite">
          {found !== null &&
            t(found.more ? m.foundMore : m.found, {
              at: formatNumber(total === 0 ? 0 : at + 1, language),
              total: formatNumber(total, language),
            })}
        </span>
      </span>
      <IconButton
        label={t(m.matchCase)}
        icon={CaseSensitive}
        pressed={matchCase}
        onClick={() => {
          setMatchCase(!matchCase)
        }}
      />
      <button
        type="button"
        className={`ib ${hex ? 'on' : ''}`}
        aria-pressed={hex}
        title={t(m.findHexNote)}
        onClick={() => {
          setHex(!hex)
        }}
      >
        {t(m.findHex)}
      </button>
      <IconButton
        label={t(m.previous)}
        icon={ChevronUp}
        disabled={total === 0}
        onClick={() => {
          step(-1)
        }}
      />
      <IconButton
        label={t(m.next)}
        icon={ChevronDown}
        disabled={total === 0}
        onClick={() => {
          step(1)
        }}
      />
    </div>
  )
}
