// Folders of the host: a path field with completion above the entries of its folder.
import { useEffect, useRef, useState } from 'react'
import { ArrowUp, File, FileText, Folder, House } from 'lucide-react'
import type { Result } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { errorText } from '../../app/i18n/error-text'
import { formatBytes } from '../../app/i18n/format'
import { languageTag, type Language } from '../../app/i18n/messages'
import { openFileMessages as m } from '../../app/i18n/open-file'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { createStore } from '../../model/store'
import { Button, IconButton } from '../../ui/button'
import { Checkbox, TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { useDelayed } from '../../ui/progress'
import { EntryList, listMove } from './entry-list'
import { completePath, joinPath, matchingEntries, separatorOf, splitPath } from './path-completion'

/** Folder shown last; the chooser opens there again while the page lives. */
const lastFolder = createStore('')

const ICONS = { folder: Folder, capture: FileText, file: File } as const

/** A file's time: the time of day for today, else the date. */
export function fileTime(ms: number, language: Language, now: number): string {
  const date = new Date(ms)
  const today = new Date(now)
  const sameDay = date.toDateString() === today.toDateString()
  return new Intl.DateTimeFormat(
    languageTag(language),
    sameDay ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { year: 'numeric', month: '2-digit', day: '2-digit' },
  ).format(date)
}

/** Chooses a file by folder. */
export function FolderPane({ onOpen }: { readonly onOpen: (path: string, name: string) => void }) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  // Full from the first moment: a path that came later would mix with what is typed meanwhile.
  const [path, setPath] = useState(() => lastFolder.get() || joinPath(app.host.homeFolder, ''))
  const [showAll, setShowAll] = useState(false)
  const [listing, setListing] = useState<Result<'files.list'> | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [active, setActive] = useState(0)
  const [now] = useState(() => Date.now())
  const field = useRef<HTMLInputElement>(null)
  const { folder, prefix } = splitPath(path)
  const loading = useDelayed(listing === null && failure === null)

  useEffect(() => {
    const abort = new AbortController()
    app.client.call('files.list', { path: folder, showAll }, { signal: abort.signal }).then(
      (answer) => {
        setListing(answer)
        setFailure(null)
        setActive(0)
      },
      (error: unknown) => {
        if (!isCancelled(error)) setFailure(error)
      },
    )
    return () => {
      abort.abort()
    }
  }, [app, folder, showAll])

  const entries = listing === null ? [] : matchingEntries(listing.entries, prefix)
  const goTo = (next: string): void => {
    setPath(next)
    lastFolder.set(splitPath(next).folder)
  }
  const goUp = (): void => {
    if (listing?.parent !== null && listing !== null) goTo(joinPath(listing.parent, ''))
  }
  const choose = (index: number): void => {
    const entry = entries[index]
    if (entry === undefined) {
      if (prefix !== '') onOpen(path, prefix)
      return
    }
    if (entry.kind === 'folder') {
      goTo(joinPath(entry.path, ''))
      field.current?.focus()
    } else {
      lastFolder.set(folder)
      onOpen(entry.path, entry.name)
    }
  }
  const chosen = entries[active]
  return (
    <>
      <div className="dl-path">
        <IconButton
          label={t(m.home)}
          icon={House}
          onClick={() => {
            goTo(joinPath(app.host.homeFolder, ''))
          }}
        />
        <IconButton label={t(m.up)} icon={ArrowUp} disabled={listing?.parent === null || listing === null} onClick={goUp} />
        <TextField
          ref={field}
          label={t(m.path)}
          hideLabel
          mono
          className="sp"
          value={path}
          data-autofocus=""
          aria-description={t(m.pathHint)}
          onChange={(value) => {
            setPath(value)
            setActive(0)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Tab' && !event.shiftKey && listing !== null) {
              const completed = completePath(path, listing.entries)
              if (completed !== path) {
                event.preventDefault()
                goTo(completed)
              }
              return
            }
            const to = event.key === 'Home' || event.key === 'End' ? null : listMove(event.key, active, entries.length)
            if (to !== null) {
              event.preventDefault()
              setActive(to)
            } else if (event.key === 'Enter') {
              event.preventDefault()
              choose(active)
            }
          }}
        />
      </div>
      {failure !== null ? (
        <div className="dl-empty" role="alert">
          <b>{t(m.failed)}</b>
          <p>{errorText(failure, language)}</p>
        </div>
      ) : loading ? (
        <p className="dl-empty f3">{t(m.loading)}</p>
      ) : entries.length === 0 && listing !== null ? (
        <p className="dl-empty f3">{prefix === '' ? t(showAll ? m.emptyAll : m.empty) : t(m.noMatch, { text: prefix })}</p>
      ) : (
        <EntryList
          label={t(m.entries)}
          rows={entries.map((entry) => ({
            id: entry.path,
            label: entry.kind === 'folder' ? `${entry.name}, ${t(m.folder)}` : entry.name,
            content: (
              <>
                <Icon icon={ICONS[entry.kind]} className={entry.kind === 'folder' ? 'accent' : ''} />
                <span className={`cut ${entry.kind === 'file' ? 'f3' : ''}`}>
                  {entry.name}
                  {entry.kind === 'folder' ? separatorOf(entry.path) : ''}
                </span>
                <span className="f3 t11 num">{entry.kind === 'folder' ? '' : formatBytes(entry.size, language)}</span>
                <span className="f3 t11 num dl-time">{fileTime(entry.modifiedMs, language, now)}</span>
              </>
            ),
          }))}
          active={active}
          onActive={setActive}
          onChoose={choose}
          onBack={goUp}
        />
      )}
      <div className="dl-foot">
        <Checkbox label={t(m.showAll)} checked={showAll} onChange={setShowAll} />
        <span className="sp" />
        <span className="f3 t11">{t(m.pathHint)}</span>
        <Button
          kind="primary"
          disabled={chosen === undefined && prefix === ''}
          onClick={() => {
            choose(active)
          }}
        >
          {t(chosen?.kind === 'folder' ? m.enter : m.open)}
        </Button>
      </div>
    </>
  )
}
