// A message taken apart: start line, headers, empty line, body, each named on the message's own bytes, as parts or in hexadecimal.
import { useMemo, useState, type ReactNode } from 'react'
import type { HttpMessageView, HttpPart } from '../../../shared/contract'
import type { Both } from '../../explain/card'
import { headerText } from '../../explain/values/http-headers'
import { httpMethods, httpStatusCodes } from '../../explain/values/http'
import { findFieldText } from '../../explain/lookup'
import { formatBytes, formatNumber } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import type { Language, PlainMessage } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { PacketLink } from '../../ui/chip'
import { Segmented } from '../../ui/button'
import { decodeBase64 } from '../packets/hex-model'
import { HexParts } from './hex-parts'
import { zoneOf, type Zone } from './zones'

/** Headers that are shown before the rest has to be asked for. */
const SHORT_LIST = 60

/** One message. */
export function MessageAnatomy({
  title,
  message,
  isRequest,
  onPacket,
}: {
  readonly title: string
  readonly message: HttpMessageView
  readonly isRequest: boolean
  readonly onPacket: (frame: number) => void
}) {
  const t = useT()
  const language = useLanguage()
  const [form, setForm] = useState<'parts' | 'bytes'>('parts')
  const bytes = useMemo(() => decodeBase64(message.bytes), [message.bytes])
  return (
    <section className="ht-message" aria-label={title}>
      <div className="ht-message-head">
        <h3>{message.size > 0 ? t(m.messageSize, { what: title, size: formatBytes(message.size, language) }) : title}</h3>
        <PacketLink number={message.firstFrame} label={t(m.openPacket, { number: message.firstFrame })} onOpen={onPacket} />
        {message.lastFrame !== message.firstFrame && (
          <PacketLink number={message.lastFrame} label={t(m.openPacket, { number: message.lastFrame })} onOpen={onPacket} />
        )}
        <span className="sp" />
        {bytes.length > 0 && (
          <Segmented
            label={t(m.form)}
            value={form}
            options={[
              { value: 'parts', name: t(m.asText) },
              { value: 'bytes', name: t(m.asBytes) },
            ]}
            onChange={setForm}
          />
        )}
      </div>
      {form === 'bytes' ? (
        <>
          <HexParts bytes={bytes} parts={message.parts} label={`${title}: ${t(m.bytesOf)}`} />
          {bytes.length < message.size && (
            <p className="f3">
              {t(m.moreBytes, { shown: formatBytes(bytes.length, language), size: formatBytes(message.size, language) })}
            </p>
          )}
        </>
      ) : (
        <Zones message={message} isRequest={isRequest} />
      )}
      {!message.complete && <p className="warn-text">{t(m.notComplete)}</p>}
    </section>
  )
}

function Zones({ message, isRequest }: { readonly message: HttpMessageView; readonly isRequest: boolean }) {
  const t = useT()
  const [open, setOpen] = useState(-1)
  const [all, setAll] = useState(false)
  const { parts } = message
  const lines = (zone: Zone): readonly (readonly [HttpPart, number])[] =>
    parts.flatMap((part, index): (readonly [HttpPart, number])[] => (zoneOf(part) === zone ? [[part, index]] : []))
  const headers = lines('headers')
  const shown = all ? headers : headers.slice(0, SHORT_LIST)
  const line = ([part, index]: readonly [HttpPart, number]): ReactNode => (
    <Line
      key={index}
      part={part}
      isRequest={isRequest}
      isOpen={open === index}
      onToggle={() => {
        setOpen(open === index ? -1 : index)
      }}
    />
  )
  const trailers = lines('trailers')
  return (
    <div className="ht-anatomy">
      {message.size === 0 && headers.length > 0 && <p className="ht-note">{t(m.http2Note)}</p>}
      <ZoneRow zone="start" name={isRequest ? m.startLine : m.statusLine}>
        {lines('start').map(line)}
      </ZoneRow>
      <ZoneRow zone="headers" name={m.headers}>
        {shown.map(line)}
        {shown.length < headers.length && (
          <button
            type="button"
            className="link"
            onClick={() => {
              setAll(true)
            }}
          >
            {t(m.moreLinks, { count: headers.length - shown.length })}
          </button>
        )}
      </ZoneRow>
      {parts.some(({ kind }) => kind === 'blank') && (
        <ZoneRow zone="blank" name={m.blankLine}>
          <div>
            <span className="crlf">↵</span> <span className="note">{t(m.blankNote)}</span>
          </div>
        </ZoneRow>
      )}
      <ZoneRow zone="body" name={m.bodyPart}>
        <BodyLines message={message} />
      </ZoneRow>
      {trailers.length > 0 && (
        <ZoneRow zone="trailers" name={m.trailers}>
          {trailers.map(line)}
        </ZoneRow>
      )}
    </div>
  )
}

function ZoneRow({ zone, name, children }: { readonly zone: Zone; readonly name: PlainMessage; readonly children: ReactNode }) {
  const t = useT()
  return (
    <div className={`z z-${zone}`}>
      <div className="zl">{t(name)}</div>
      <div className="zb">{children}</div>
    </div>
  )
}

function BodyLines({ message }: { readonly message: HttpMessageView }) {
  const t = useT()
  const language = useLanguage()
  const { body, parts, moreChunks } = message
  const chunks = parts.filter(({ kind }) => kind === 'chunk-size').map(({ text }) => text.replace(/;.*/s, '').trim())
  if (body.sent === 0 && chunks.length === 0) return <div className="note">{t(m.noBody)}</div>
  const codings = body.codings.filter((one) => one !== 'chunked')
  const size = (bytes: number): string => formatBytes(bytes, language)
  return (
    <>
      {chunks.length > 0 && (
        <div>
          {chunks
            .slice(0, 6)
            .map((text) =>
              Number.parseInt(text, 16) === 0
                ? t(m.lastChunk)
                : t(m.chunk, { size: text, bytes: formatNumber(Number.parseInt(text, 16), language) }),
            )
            .join(', ')}
          {chunks.length + moreChunks > 6 && ` … ${t(m.moreChunks, { count: chunks.length + moreChunks - 6 })}`}
        </div>
      )}
      <div className="note">
        {codings.length > 0 && body.size !== null
          ? t(m.coded, { coding: codings.join(', '), sent: size(body.sent), size: size(body.size) })
          : t(m.plain, { size: size(body.sent) })}{' '}
        {body.type}
      </div>
    </>
  )
}

/** A line of the head; it opens to what is written about it. */
function Line({
  part,
  isRequest,
  isOpen,
  onToggle,
}: {
  readonly part: HttpPart
  readonly isRequest: boolean
  readonly isOpen: boolean
  readonly onToggle: () => void
}) {
  const t = useT()
  const language = useLanguage()
  const isStart = part.kind === 'start-line'
  return (
    <div className="ht-line">
      <button type="button" aria-expanded={isOpen} title={isStart ? part.text : t(m.explainHeader, { name: part.name })} onClick={onToggle}>
        {isStart ? (
          <b>{part.text}</b>
        ) : (
          <>
            <span className="hn">{part.text.slice(0, part.text.indexOf(':') + 1)}</span>
            {part.text.slice(part.text.indexOf(':') + 1)}
          </>
        )}
        <span className="crlf">↵</span>
      </button>
      {isOpen && (
        <div className="ht-explain">
          {isStart ? startWords(part.text, isRequest, language, t(m.unknownStatus)) : headerWords(part.name, language, t(m.unknownHeader))}
        </div>
      )}
    </div>
  )
}

function said(both: Both, language: Language): string {
  return both[language === 'zh' ? 1 : 0]
}

function headerWords(name: string, language: Language, unknown: string): ReactNode {
  const found = headerText(name)
  return found === null ? (
    unknown
  ) : (
    <>
      {said(found.what, language)} {found.source !== undefined && found.source !== '' && <span className="f3">{found.source}</span>}
    </>
  )
}

function startWords(text: string, isRequest: boolean, language: Language, unknown: string): ReactNode {
  const key = isRequest ? (text.split(' ')[0] ?? '') : (/\b\d{3}\b/.exec(text)?.[0] ?? '')
  const table = isRequest ? httpMethods : httpStatusCodes
  const found = Object.hasOwn(table, key) ? table[key] : undefined
  const general = findFieldText(isRequest ? 'http.request.method' : 'http.response.code')
  return (
    <>
      {found !== undefined ? (
        <>
          <b>{isRequest ? found.name : `${key} ${found.name}`}</b>: {said(found.what, language)} <span className="f3">{found.source}</span>
        </>
      ) : (
        !isRequest && unknown
      )}
      {general?.why !== undefined && <div className="f3">{said(general.why, language)}</div>}
    </>
  )
}
