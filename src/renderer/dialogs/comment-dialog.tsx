// Comments on a packet: any number, each of several lines. Ctrl+Enter saves.
import { useEffect, useState } from 'react'
import { Plus, Trash2 } from 'lucide-react'
import { useApp } from '../app/app-context'
import { IS_MAC } from '../app/commands/registry'
import { printShortcut } from '../app/commands/shortcut'
import { commentMessages as m } from '../app/i18n/dialogs'
import { uiMessages } from '../app/i18n/ui'
import { useT } from '../app/i18n/use-t'
import { Button, IconButton } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextArea } from '../ui/fields'
import './dialogs.css'

/** Longest comment that pcapng can hold, in bytes (16-bit option length). */
const LIMIT = 65_535

/** Comments as they are stored: without empty ones. */
export function storedComments(comments: readonly string[]): string[] {
  return comments.map((comment) => comment.replace(/\r\n?/g, '\n').trimEnd()).filter((comment) => comment.trim() !== '')
}

/** The comment editor of a packet. */
export function CommentDialog({
  captureId,
  number,
  onClose,
}: {
  readonly captureId: number
  readonly number: number
  readonly onClose: () => void
}) {
  const app = useApp()
  const t = useT()
  const session = app.session(captureId)
  const [comments, setComments] = useState<readonly string[] | null>(() => {
    const packet = session?.detail.get().packet
    return packet?.number === number ? (packet.comments.length === 0 ? [''] : packet.comments) : null
  })
  useEffect(() => {
    if (comments !== null) return
    app.client.call('packet.get', { captureId, number, resolveNames: false }).then(
      (packet) => {
        setComments(packet.comments.length === 0 ? [''] : packet.comments)
      },
      (error: unknown) => {
        app.report(error)
        setComments([''])
      },
    )
  }, [app, captureId, number, comments])
  if (session === undefined || comments === null) return null
  const tooLong = comments.some((comment) => new TextEncoder().encode(comment).length > LIMIT)
  const change = (index: number, text: string): void => {
    setComments(comments.map((comment, at) => (at === index ? text : comment)))
  }
  const save = async (next: readonly string[]): Promise<void> => {
    if (tooLong) return
    try {
      session.update(await app.client.call('packet.setComments', { captureId, number, comments: storedComments(next) }))
      session.refresh()
      session.loadDetail()
      onClose()
    } catch (error) {
      app.report(error)
    }
  }
  return (
    <Dialog
      title={t(m.title, { number })}
      width={520}
      onClose={onClose}
      onSubmit={() => void save(comments)}
      actions={
        <>
          {storedComments(comments).length > 0 && (
            <Button kind="danger" onClick={() => void save([])}>
              {t(m.removeAll)}
            </Button>
          )}
          <span className="sp" />
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button kind="primary" type="submit" disabled={tooLong} shortcut={printShortcut('Mod+Enter', IS_MAC)}>
            {t(m.save)}
          </Button>
        </>
      }
    >
      <div
        className="dl-form"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void save(comments)
          }
        }}
      >
        {comments.map((comment, index) => (
          // Comments have no identity but their place.
          <div key={index} className="dl-comment">
            <TextArea
              label={t(m.comment, { number: index + 1 })}
              value={comment}
              rows={3}
              onChange={(text) => {
                change(index, text)
              }}
              data-autofocus={index === comments.length - 1 ? '' : undefined}
            />
            {comments.length > 1 && (
              <IconButton
                label={t(m.remove, { number: index + 1 })}
                icon={Trash2}
                onClick={() => {
                  setComments(comments.filter((_, at) => at !== index))
                }}
              />
            )}
          </div>
        ))}
        {tooLong && (
          <p role="alert" className="bad-text t11">
            {t(m.tooLong)}
          </p>
        )}
        <div className="row g8">
          <Button
            icon={Plus}
            onClick={() => {
              setComments([...comments, ''])
            }}
          >
            {t(m.add)}
          </Button>
          <span className="f3 t11">{t(m.hint)}</span>
        </div>
      </div>
    </Dialog>
  )
}
