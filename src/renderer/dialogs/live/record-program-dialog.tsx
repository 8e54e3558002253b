// Recording a program, for whoever wants its keys while another capture is in front.
import { programMessages as m } from '../../app/i18n/programs'
import { useT } from '../../app/i18n/use-t'
import { ProgramRecorder } from '../../app/start-screen/program-recorder'
import { Dialog } from '../../ui/dialog'

/** The dialog; it closes once the program runs. */
export function RecordProgramDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t(m.title)} width={600} onClose={onClose}>
      <ProgramRecorder onStarted={onClose} />
    </Dialog>
  )
}
