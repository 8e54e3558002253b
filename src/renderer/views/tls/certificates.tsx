// The certificates that were sent, as cards in the order of sending, each with what a careful receiver would have said.
import { Download } from 'lucide-react'
import type { TlsCertificateCard, TlsCertificateProblem, TlsConnection } from '../../../shared/contract'
import { tlsMessages as m } from '../../app/i18n/tls'
import { languageTag, type Language, type Message, type PlainMessage, type Translate } from '../../app/i18n/messages'
import { useLanguage, useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { Evidence, FactList } from './card'

const PROBLEMS: Readonly<Record<TlsCertificateProblem['code'], Message<'detail'> | PlainMessage>> = {
  expired: m.problemExpired,
  'not-yet-valid': m.problemEarly,
  'unreadable-validity': m.problemValidity,
  'bad-signature': m.problemSignature,
  'self-signed': m.problemSelf,
  'issuer-missing': m.problemIssuer,
  'not-an-authority': m.problemAuthority,
  'may-not-sign': m.problemSign,
  'wrong-order': m.problemOrder,
  unused: m.problemUnused,
  'name-mismatch': m.problemName,
  'no-names': m.problemNoNames,
  'path-too-long': m.problemPath,
  'wrong-purpose': m.problemPurpose,
  'weak-signature': m.problemWeakSignature,
  'weak-key': m.problemWeakKey,
  'unknown-critical-extension': m.problemCritical,
}
const ROLES = { leaf: m.roleLeaf, intermediate: m.roleIntermediate, root: m.roleRoot, unused: m.roleUnused } as const
const SIGNATURES = {
  valid: m.signatureValid,
  invalid: m.signatureInvalid,
  'issuer missing': m.signatureMissing,
  'not checked': m.signatureUnchecked,
} as const

/** Cards of both sides' certificates. */
export function Certificates({
  connection,
  onPacket,
  onExport,
}: {
  readonly connection: TlsConnection
  readonly onPacket: (frame: number) => void
  readonly onExport: () => void
}) {
  const t = useT()
  const { certificates } = connection
  const hidden = connection.resumed ? m.noCertificatesResumed : connection.version === 'TLSv1.3' ? m.noCertificatesHidden : m.noCertificates
  return (
    <section className="tl-section" aria-label={t(m.certificates)}>
      <h3>
        {t(m.certificates)}
        <span className="sp" />
        {certificates.some(({ readable }) => readable) && (
          <Button icon={Download} onClick={onExport}>
            {t(m.exportPem)}
          </Button>
        )}
      </h3>
      {certificates.length === 0 && <p className="f3">{t(hidden)}</p>}
      <div className="tl-certificates">
        {certificates.map((card, index) => (
          <CertificateCard key={index} card={card} onPacket={onPacket} />
        ))}
      </div>
    </section>
  )
}

function CertificateCard({ card, onPacket }: { readonly card: TlsCertificateCard; readonly onPacket: (frame: number) => void }) {
  const t = useT()
  const language = useLanguage()
  return (
    <article className={`tl-certificate ${card.rejected ? 'bad' : ''}`}>
      <header>
        <Chip>{t(ROLES[card.role])}</Chip>
        <span className="f3">{t(card.from === 'server' ? m.serverCertificates : m.clientCertificates)}</span>
        <span className="sp" />
        <Evidence frame={card.frame} onPacket={onPacket} />
      </header>
      <b className="mono">{card.subject}</b>
      {!card.readable ? (
        <p className="bad-text">{t(m.unreadable)}</p>
      ) : (
        <>
          <FactList
            facts={[
              [t(m.issuer), <span className="mono">{card.issuer}</span>],
              [t(m.names), card.names.length === 0 ? null : <span className="mono">{card.names.join(', ')}</span>],
              [t(m.valid), t(m.validRange, { from: day(card.notBefore, language), until: day(card.notAfter, language) })],
              [t(m.key), <span className="mono">{card.key}</span>],
              [t(m.signedWith), <span className="mono">{card.signatureAlgorithm}</span>],
              [t(m.serial), <span className="mono">{card.serialNumber}</span>],
            ]}
          />
          <ul className="tl-problems">
            <li className={card.signature === 'valid' ? 'ok-text' : card.signature === 'invalid' ? 'bad-text' : 'f3'}>
              {card.signature === 'valid' ? '✓ ' : card.signature === 'invalid' ? '× ' : '– '}
              {t(SIGNATURES[card.signature])}
            </li>
            {card.problems.map((problem) => (
              <li key={problem.code + problem.detail} className={problem.rejects ? 'bad-text' : 'f2'}>
                {problem.rejects ? '× ' : '– '}
                {problemText(problem, t, language)}
              </li>
            ))}
            {card.problems.length === 0 && <li className="ok-text">✓ {t(m.accepted)}</li>}
          </ul>
        </>
      )}
    </article>
  )
}

function problemText({ code, detail }: TlsCertificateProblem, t: Translate, language: Language): string {
  const isTime = code === 'expired' || code === 'not-yet-valid'
  return t(PROBLEMS[code], { detail: isTime ? day(Number(detail), language) : detail })
}

function day(seconds: number | null, language: Language): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–'
  return new Intl.DateTimeFormat(languageTag(language), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(seconds * 1000),
  )
}
