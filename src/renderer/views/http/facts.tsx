// What belongs to a transaction beside its messages: caching, its connection, redirects, cookies.
import type { ReactNode } from 'react'
import { Cookie, CornerUpRight, History, Repeat2, type LucideIcon } from 'lucide-react'
import type { HttpLink, HttpTransactionView } from '../../../shared/contract'
import { formatBytes, formatSeconds } from '../../app/i18n/format'
import { httpMessages as m } from '../../app/i18n/http'
import type { Language, Translate } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Chip, PacketLink } from '../../ui/chip'
import { Icon } from '../../ui/icon'

/** Links that are shown of a long list. */
const MOST_LINKS = 12

/** The cards; `onTransaction` goes to another one. */
export function Facts({ view, onTransaction }: { readonly view: HttpTransactionView; readonly onTransaction: (link: HttpLink) => void }) {
  return (
    <>
      <Caching view={view} onTransaction={onTransaction} />
      <ConnectionUse view={view} onTransaction={onTransaction} />
      {view.redirects.length > 0 && <Redirects view={view} onTransaction={onTransaction} />}
      {(view.cookies.sent.length > 0 || view.cookies.set.length > 0) && <Cookies view={view} onTransaction={onTransaction} />}
    </>
  )
}

type Props = Parameters<typeof Facts>[0]

function Card({
  icon,
  title,
  note,
  children,
}: {
  readonly icon: LucideIcon
  readonly title: string
  readonly note?: string
  readonly children: ReactNode
}) {
  return (
    <section className="ht-card">
      <h3>
        <Icon icon={icon} />
        {title}
        <span className="sp" />
        {note !== undefined && <span className="f3">{note}</span>}
      </h3>
      {children}
    </section>
  )
}

function Link({ link, onTransaction }: { readonly link: HttpLink; readonly onTransaction: (link: HttpLink) => void }) {
  const t = useT()
  return (
    <PacketLink
      number={link.frame}
      label={t(m.openPacket, { number: link.frame })}
      onOpen={() => {
        onTransaction(link)
      }}
    />
  )
}

function Caching({ view, onTransaction }: Props) {
  const t = useT()
  const language = useLanguage()
  const { cache } = view
  return (
    <Card icon={History} title={t(m.caching)}>
      <p>{outcomeText(cache, t, language)}</p>
      {cache.directives.length > 0 && (
        <ul className="ht-list mono">
          {[...cache.conditions.map((line): [string, string] => split(line)), ...cache.directives].map(([name, value]) => (
            <li key={name}>
              <span className="f3">{name}:</span> {value}
            </li>
          ))}
        </ul>
      )}
      {view.response !== null && view.row.status === 200 && <p>{validatorText(cache, t)}</p>}
      {cache.earlier !== null && (
        <p className="row">
          {t(m.earlierAnswer)} <Link link={cache.earlier} onTransaction={onTransaction} />
        </p>
      )}
    </Card>
  )
}

function split(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}

function outcomeText(cache: HttpTransactionView['cache'], t: Translate, language: Language): string {
  switch (cache.outcome) {
    case 'not-modified':
      return cache.savedBytes === null ? t(m.notModified) : t(m.notModifiedSaved, { size: formatBytes(cache.savedBytes, language) })
    case 'modified':
      return t(m.modified)
    case 'stored-before':
      return t(m.storedBefore)
    case 'may-be-stored':
      return cache.freshFor === null ? t(m.mayBeStored) : t(m.mayBeStoredFor, { time: formatSeconds(cache.freshFor, language) })
    case 'must-be-asked':
      return t(m.mustBeAsked)
    case 'must-not-be-stored':
      return t(m.mustNotBeStored)
    case 'no-rule':
      return t(m.noRule)
  }
}

function validatorText(cache: HttpTransactionView['cache'], t: Translate): string {
  const asks = cache.directives.flatMap(([name, value]) =>
    name === 'etag' ? [`If-None-Match: ${value}`] : name === 'last-modified' ? [`If-Modified-Since: ${value}`] : [],
  )
  return asks.length === 0 ? t(m.noValidators) : t(m.validators, { conditions: asks.join(', ') })
}

const PERSISTENCE = {
  kept: m.kept,
  'closed-by-request': m.closedByRequest,
  'closed-by-response': m.closedByResponse,
  'http-1.0': m.http10,
  multiplexed: m.multiplexed,
} as const

function ConnectionUse({ view, onTransaction }: Props) {
  const t = useT()
  const language = useLanguage()
  const { connection, limit, row } = view
  const links = connection.transactions
  return (
    <Card icon={Repeat2} title={t(m.reuse)} note={`tcp.stream ${row.stream}`}>
      <p className="row">
        {t(m.sharedBy, { count: links.length })}
        {links.slice(0, MOST_LINKS).map((link) => (
          <Link key={link.id} link={link} onTransaction={onTransaction} />
        ))}
        {links.length > MOST_LINKS && t(m.moreLinks, { count: links.length - MOST_LINKS })}
      </p>
      <p>
        {connection.openingMs === null
          ? t(m.openingUnknown)
          : t(m.openingCost, { time: formatSeconds(connection.openingMs / 1e3, language) })}{' '}
        {t(PERSISTENCE[connection.persistence])}
      </p>
      {connection.pipelined && <p>{t(m.pipelined)}</p>}
      {connection.persistence !== 'multiplexed' && limit.open > 1 && (
        <p>{t(m.limit, { open: limit.open, busy: limit.busy, host: row.host })}</p>
      )}
      {limit.waitedMs !== null && (
        <p>
          <Chip kind="dash">{t(m.inferred)}</Chip> {t(m.waited, { time: formatSeconds(limit.waitedMs / 1e3, language) })}
        </p>
      )}
      <p className="f3">
        {row.tls === null ? t(m.clear_text) : t(m.encrypted, { version: row.tls.version ?? '–', cipher: row.tls.cipher ?? '–' })}
      </p>
      {view.interim.length > 0 && (
        <p className="row">
          {t(m.interim)}
          {view.interim.map(({ status, frame }) => (
            <Chip key={frame}>{`${status} #${frame}`}</Chip>
          ))}
        </p>
      )}
    </Card>
  )
}

function Redirects({ view, onTransaction }: Props) {
  const t = useT()
  return (
    <Card icon={CornerUpRight} title={t(m.redirects)}>
      <ol className="ht-list">
        {view.redirects.map((link) => (
          <li key={link.id}>
            <Link link={link} onTransaction={onTransaction} /> <span className="mono">{link.status ?? '–'}</span>{' '}
            <span className="mono cut">{link.url}</span>
            {link.id === view.row.id && <Chip>{t(m.redirectHere)}</Chip>}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Cookies({ view, onTransaction }: Props) {
  const t = useT()
  const { sent, set } = view.cookies
  return (
    <Card icon={Cookie} title={t(m.cookies)}>
      {sent.length > 0 && <h4>{t(m.cookiesSent)}</h4>}
      <ul className="ht-list">
        {sent.map((cookie) => (
          <li key={cookie.name}>
            <b className="mono">{cookie.name}</b>
            <span className="mono cut">={cookie.value}</span>{' '}
            {cookie.setBy === null ? (
              <span className="f3">{t(m.notSetHere)}</span>
            ) : (
              <>
                <span className="f3">{t(m.setByLink)}</span> <Link link={cookie.setBy} onTransaction={onTransaction} />
              </>
            )}
          </li>
        ))}
      </ul>
      {set.length > 0 && <h4>{t(m.cookiesSet)}</h4>}
      <ul className="ht-list">
        {set.map((cookie) => (
          <li key={cookie.name}>
            <b className="mono">{cookie.name}</b>
            <span className="mono cut">={cookie.value}</span>
            {cookie.attributes.map((attribute) => (
              <div key={attribute} className="ht-attribute">
                <span className="mono">{attribute}</span> <span className="f3">{attributeText(attribute, t)}</span>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function attributeText(attribute: string, t: Translate): string {
  const [name = '', value = ''] = attribute.toLowerCase().split('=')
  switch (name.trim()) {
    case 'secure':
      return t(m.cookieSecure)
    case 'httponly':
      return t(m.cookieHttpOnly)
    case 'samesite':
      return t(value.trim() === 'strict' ? m.cookieStrict : value.trim() === 'none' ? m.cookieNone : m.cookieLax)
    case 'max-age':
      return t(m.cookieMaxAge)
    case 'expires':
      return t(m.cookieExpires)
    case 'domain':
      return t(m.cookieDomain)
    case 'path':
      return t(m.cookiePath)
    default:
      return ''
  }
}
