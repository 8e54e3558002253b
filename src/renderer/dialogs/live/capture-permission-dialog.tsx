// The permission doctor as a dialog, for whoever looks for it elsewhere than on the start screen.
import { liveMessages as m } from '../../app/i18n/live'
import { useT } from '../../app/i18n/use-t'
import { Doctor } from '../../app/start-screen/doctor'
import { Dialog } from '../../ui/dialog'

/** What may capture here. */
export function CapturePermissionDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t(m.doctorDialog)} width={680} onClose={onClose}>
      <Doctor />
    </Dialog>
  )
}
