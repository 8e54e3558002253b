// What the capture can and cannot prove, each with the packets that show it.
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import type { HealthFinding } from '../../../shared/contract'
import { expertMessages, healthMessages as m } from '../../app/i18n/expert'
import { formatBytes, formatSeconds } from '../../app/i18n/format'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { Language, Message, Translate } from '../../app/i18n/messages'
import type { CaptureSession } from '../../model/capture-session'
import { Chip, PacketLink } from '../../ui/chip'
import { Icon } from '../../ui/icon'
import { ProgressBar } from '../../ui/progress'
import { useHealth } from './use-statistics'

type Words = 'count' | 'total' | 'amount' | 'address'
/** Title and text by subject and verdict. */
const TEXTS: Readonly<Record<string, readonly [title: Message<Words>, text: Message<Words>]>> = {
  'handshakes limit': [m.handshakesLimit, m.handshakesLimitText],
  'handshakes proof': [m.handshakesProof, m.handshakesProofText],
  'one-way limit': [m.oneWayLimit, m.oneWayLimitText],
  'one-way proof': [m.oneWayProof, m.oneWayProofText],
  'holes limit': [m.holesLimit, m.holesLimitText],
  'cut limit': [m.cutLimit, m.cutLimitText],
  'cut proof': [m.cutProof, m.cutProofText],
  'oversize limit': [m.oversizeLimit, m.oversizeLimitText],
  'drops limit': [m.dropsLimit, m.dropsLimitText],
  'drops unknown': [m.dropsUnknown, m.dropsUnknownText],
  'drops proof': [m.dropsProof, m.dropsProofText],
  'offload limit': [m.offloadLimit, m.offloadLimitText],
  'checksums limit': [m.checksumsLimit, m.checksumsLimitText],
  'checksums proof': [m.checksumsProof, m.checksumsProofText],
  'clock limit': [m.clockLimit, m.clockLimitText],
  'clock proof': [m.clockProof, m.clockProofText],
  'damage limit': [m.damageLimit, m.damageLimitText],
}
const ICONS = { limit: TriangleAlert, unknown: CircleDashed, proof: CircleCheck } as const

/** Title and text of a finding in a language. */
function words(finding: HealthFinding, t: Translate, language: Language): readonly [title: string, text: string] {
  const { subject, verdict, total, amount, address } = finding
  const texts = TEXTS[`${subject} ${verdict}`]
  if (texts === undefined) return [subject, '']
  const [title, text] = subject === 'offload' && address !== '' ? [texts[0], m.offloadFrom] : texts
  // what is proven is proven of all
  const values = {
    count: verdict === 'proof' ? total : finding.count,
    total,
    amount: subject === 'clock' ? formatSeconds(amount / 1e9, language) : formatBytes(amount, language),
    address,
  }
  return [t<Words>(title, values), t<Words>(text, values)]
}

/** The panel beside the expert list. */
export function HealthPanel({ session, onOpen }: { readonly session: CaptureSession; readonly onOpen: (number: number) => void }) {
  const t = useT()
  const { answer, progress } = useHealth(session)
  const limits = answer?.filter(({ verdict }) => verdict === 'limit').length ?? 0
  return (
    <section className="st-health" aria-label={t(m.title)} data-pane="inspector" tabIndex={0}>
      <h3>
        {t(m.title)}
        {answer !== null && <Chip kind={limits > 0 ? 'warn' : 'ok'}>{limits > 0 ? t(m.limits, { count: limits }) : t(m.noLimits)}</Chip>}
      </h3>
      <p className="f3">{t(m.intro)}</p>
      {answer === null && progress !== null && (
        <ProgressBar
          share={progress.done / Math.max(1, progress.total)}
          label={t(m.checking, { done: progress.done, total: progress.total })}
        />
      )}
      {answer !== null && (
        <>
          <Findings title={t(m.cannot)} findings={answer.filter(({ verdict }) => verdict !== 'proof')} onOpen={onOpen} />
          <Findings title={t(m.can)} findings={answer.filter(({ verdict }) => verdict === 'proof')} onOpen={onOpen} />
        </>
      )}
    </section>
  )
}

function Findings({
  title,
  findings,
  onOpen,
}: {
  readonly title: string
  readonly findings: readonly HealthFinding[]
  readonly onOpen: (number: number) => void
}) {
  const t = useT()
  const language = useLanguage()
  if (findings.length === 0) return null
  return (
    <div className="st-card hi">
      <h4>{title}</h4>
      <ul>
        {findings.map((finding) => {
          const [name, text] = words(finding, t, language)
          return (
            <li key={finding.subject} className={finding.verdict}>
              <Icon icon={ICONS[finding.verdict]} />
              <div>
                <b>{name}</b>
                {finding.verdict === 'limit' && (
                  <span className="st-frames">
                    {finding.frames.map((number) => (
                      <PacketLink key={number} number={number} label={t(expertMessages.open, { number: String(number) })} onOpen={onOpen} />
                    ))}
                  </span>
                )}
                <p>{text}</p>
              </div>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
