// The messages of the connection as a ladder: the sequence view's diagram of another scope, with its exports.
import { useMemo, useRef, useState } from 'react'
import type { DiagramRow, DiagramSpec, TlsTransport } from '../../../shared/contract'
import { useApp, useSetting } from '../../app/app-context'
import { tlsMessages as m } from '../../app/i18n/tls'
import { useLanguage, useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { useSize } from '../packets/use-size'
import { ExportMenu } from '../sequence/export-menu'
import { LadderPane } from '../sequence/ladder-pane'
import { useDiagram } from '../sequence/use-diagram'
import { NO_ROW } from '../sequence/use-ladder-keys'
import '../sequence/sequence.css'

/** Most pixels of height; longer ladders are scrolled. */
const TALLEST = 520
const NO_FOLDS: readonly number[] = []
const nothing = (): void => undefined

/** The ladder. */
export function TlsLadderPane({
  session,
  transport,
  stream,
  packets,
  onPacket,
}: {
  readonly session: CaptureSession
  readonly transport: TlsTransport
  readonly stream: number
  readonly packets: number
  readonly onPacket: (frame: number) => void
}) {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const { spacing } = useSetting('sequence')
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const width = Math.max(200, Math.floor(size.width - 14))
  const isReady = size.width > 0
  const spec = useMemo(
    (): DiagramSpec | null =>
      isReady
        ? {
            captureId: session.id,
            scope: { kind: 'tls', transport, stream },
            language,
            unfolded: [...NO_FOLDS],
            numbers: 'relative',
            tcpOptions: false,
            messages: true,
            states: false,
            spacing,
            msl: 0,
            width,
          }
        : null,
    [session, transport, stream, language, spacing, width, isReady],
  )
  const diagram = useDiagram(app.client, spec, packets)
  const [row, setRow] = useState(NO_ROW)
  const [reveal, setReveal] = useState<{ readonly top: number; readonly height: number } | null>(null)
  const select = ({ index, frame, otherFrame, top, height }: DiagramRow): void => {
    setRow({ index, spec, packet: { frame, otherFrame } })
    setReveal({ top, height })
    onPacket(frame)
  }
  const { info } = diagram
  const current =
    diagram.spec?.scope.kind === 'tls' && diagram.spec.scope.stream === stream && diagram.spec.scope.transport === transport
      ? diagram.spec
      : null
  // A message has the same index however its diagram is drawn.
  const selected = useMemo(() => ({ ...row, spec: current }), [row, current])
  return (
    <section className="tl-section" aria-label={t(m.ladder)}>
      <h3>
        {t(m.ladder)}
        <span className="sp" />
        <ExportMenu spec={current} />
      </h3>
      <div
        ref={box}
        className="sq-view tl-ladder"
        style={{ height: info === null ? 200 : Math.min(TALLEST, info.height + info.headerHeight + 14) }}
      >
        {current !== null && spec !== null && (
          <LadderPane
            key={stream}
            diagram={{ ...diagram, spec: current }}
            wanted={spec}
            selected={selected}
            initialTop={0}
            reveal={reveal}
            onSelect={select}
            onOpenFold={nothing}
            onScrolled={nothing}
          />
        )}
      </div>
    </section>
  )
}
