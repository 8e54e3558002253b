// Start, stop, restart and auto-scroll in the toolbar.
import { ArrowDownToLine, CirclePlay, RotateCw, Square } from 'lucide-react'
import { useApp } from '../../app/app-context'
import { COMMANDS } from '../../app/commands/commands'
import { shortcutText } from '../../app/commands/registry'
import { liveMessages as m } from '../../app/i18n/live'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { useSelected, useStore } from '../../model/store'
import { IconButton } from '../../ui/button'

/** The buttons of live capture; those of a running one show beside its packets only. */
export function CaptureButtons({ session }: { readonly session: CaptureSession }) {
  const app = useApp()
  const t = useT()
  const running = useSelected(app.live.capture, (live) => live?.running === true)
  const isHere = useSelected(app.live.capture, (live) => live?.captureId === session.id)
  const following = useStore(session.scroller.following)
  const keys = (id: string): string | undefined => {
    const command = COMMANDS.find(id)
    return command === undefined ? undefined : shortcutText(command, app.host.kind)
  }
  return (
    <>
      <IconButton
        label={t(running ? m.stopCapture : m.newCapture)}
        icon={running ? Square : CirclePlay}
        className={running ? 'live-stop' : ''}
        shortcut={keys(running ? 'live.toggle' : 'live.new')}
        onClick={() => COMMANDS.run(running ? 'live.toggle' : 'live.new', app)}
      />
      {isHere && (
        <IconButton
          label={t(m.restart)}
          icon={RotateCw}
          shortcut={keys('live.restart')}
          onClick={() => COMMANDS.run('live.restart', app)}
        />
      )}
      {isHere && running && (
        <IconButton
          label={t(m.autoScroll)}
          icon={ArrowDownToLine}
          pressed={following}
          onClick={() => COMMANDS.run('live.auto-scroll', app)}
        />
      )}
    </>
  )
}
