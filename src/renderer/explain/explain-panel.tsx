// Slot of the inspector (key E): explains the selected field. The packets view draws it at the right of list and bytes.
import { X } from 'lucide-react'
import type { PacketDetail, TreeRow } from '../../shared/contract'
import { explainMessages as m } from '../app/i18n/explain'
import { useT } from '../app/i18n/use-t'
import type { CaptureSession } from '../model/capture-session'
import { IconButton } from '../ui/button'

/** Props of the inspector's content. `row` is the selected row of the tree, or null. */
export interface ExplainPanelProps {
  readonly session: CaptureSession
  readonly packet: PacketDetail | null
  readonly row: TreeRow | null
  readonly onClose: () => void
}

/** The inspector's content. */
export function ExplainPanel({ row, onClose }: ExplainPanelProps) {
  const t = useT()
  return (
    <>
      <div className="inh">
        <h2>{t(m.title)}</h2>
        <span className="f3 mono t11 cut">{row?.field ?? ''}</span>
        <span className="sp" />
        <IconButton label={t(m.close)} icon={X} size="small" onClick={onClose} />
      </div>
      <div className="inb">{row === null ? <p className="f3">{t(m.nothing)}</p> : <p className="f2 selectable">{row.label}</p>}</div>
    </>
  )
}
