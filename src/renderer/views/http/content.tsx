// The content of a body: text laid out, pictures, and a way to save it. Nothing of it is ever run: text stays text, and a picture is an image of its own
// bytes, in which SVG has no scripts and loads nothing.
import { useEffect, useMemo, useState } from 'react'
import { Download } from 'lucide-react'
import type { HttpMessageView, WebArtifact } from '../../../shared/contract'
import { formatBytes } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Button, Segmented } from '../../ui/button'
import { decodeBase64 } from '../packets/hex-model'
import { contentText, laidOut } from './content-text'

type Body = HttpMessageView['body']

/** Content of a message; nothing for a message without a body. */
export function Content({
  body,
  name,
  onSave,
  id,
  side,
}: {
  readonly body: Body
  readonly name: string
  readonly id: number
  readonly side: 'request' | 'response'
  readonly onSave: (what: WebArtifact) => void
}) {
  const t = useT()
  const language = useLanguage()
  if (body.kind === 'none') return null
  const codings = body.codings.join(', ')
  const size = formatBytes(body.size ?? body.sent, language)
  const problem = {
    none: '',
    'unknown-coding': t(m.problemUnknown, { codings }),
    damaged: t(m.problemDamaged, { codings }),
    'too-large': t(m.problemLarge),
    'not-captured': t(m.problemCapture),
  }[body.problem]
  return (
    <section className="ht-content" aria-label={`${name}: ${t(m.content)}`}>
      {problem !== '' && <p className="warn-text">{problem}</p>}
      {body.kind === 'image' ? (
        <Picture body={body} />
      ) : body.size === null ? null : body.kind === 'other' ? (
        <p className="f3">{t(m.binary, { type: body.type === '' ? t(m.noType) : body.type, size })}</p>
      ) : (
        <Text body={body} label={`${name}: ${t(m.content)}`} />
      )}
      <div className="row">
        <Button
          icon={Download}
          onClick={() => {
            onSave({ kind: 'body', id, side, decoded: body.size !== null })
          }}
        >
          {t(m.save)}
        </Button>
        {body.codings.some((one) => one !== 'chunked') && body.size !== null && (
          <Button
            kind="ghost"
            onClick={() => {
              onSave({ kind: 'body', id, side, decoded: false })
            }}
          >
            {t(m.saveRaw)}
          </Button>
        )}
      </div>
    </section>
  )
}

function Picture({ body }: { readonly body: Body }) {
  const t = useT()
  if (body.content === '') return <p className="f3">{t(m.imageTooLarge)}</p>
  const type = /^image\/[\w.+-]+$/.test(body.type) ? body.type : 'application/octet-stream'
  return <img className="ht-picture" alt={t(m.image)} src={`data:${type};base64,${body.content}`} />
}

function Text({ body, label }: { readonly body: Body; readonly label: string }) {
  const t = useT()
  const language = useLanguage()
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty')
  const bytes = useMemo(() => decodeBase64(body.content), [body.content])
  const text = useMemo(() => contentText(bytes, body.charset), [bytes, body.charset])
  const [pretty, setPretty] = useState<string | undefined>(undefined)
  useEffect(() => {
    let isCurrent = true
    void laidOut(body.kind, text).then((answer) => {
      if (isCurrent) setPretty(answer)
    })
    return () => {
      isCurrent = false
    }
  }, [body.kind, text])
  return (
    <>
      {pretty !== undefined && (
        <Segmented
          label={t(m.form)}
          value={form}
          options={[
            { value: 'pretty', name: t(m.pretty) },
            { value: 'raw', name: t(m.raw) },
          ]}
          onChange={setForm}
        />
      )}
      <pre className="ht-text" tabIndex={0} role="region" aria-label={label}>
        {form === 'pretty' && pretty !== undefined ? pretty : text}
      </pre>
      {body.truncated && <p className="f3">{t(m.truncated, { size: formatBytes(bytes.length, language) })}</p>}
    </>
  )
}
