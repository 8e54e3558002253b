// The packets view.
import type { CaptureSession } from '../../model/capture-session'

/** Packet list, details and bytes of a capture. */
export function PacketsView({ session }: { readonly session: CaptureSession }) {
  return <div>{session.id}</div>
}
