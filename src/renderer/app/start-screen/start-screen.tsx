// Start screen: where to listen and how, and beside it what can be opened.
import { useEffect } from 'react'
import { FolderOpen, Upload } from 'lucide-react'
import { useStore } from '../../model/store'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { useApp } from '../app-context'
import { COMMANDS } from '../commands/commands'
import { shortcutText } from '../commands/registry'
import { liveMessages as m } from '../i18n/live'
import { programMessages } from '../i18n/programs'
import { startMessages } from '../i18n/start'
import { useT } from '../i18n/use-t'
import { CaptureFilter } from './capture-filter'
import { Doctor } from './doctor'
import { RecentFiles, Samples } from './file-lists'
import { InterfaceList } from './interface-list'
import { KeptCaptures } from './kept-captures'
import { PipesAndHosts } from './pipes-and-hosts'
import { ProgramRecorder } from './program-recorder'
import { RecordingOptions } from './recording-options'
import './start-screen.css'

/** What shows while no capture is in front. */
export function StartScreen({ dropping }: { readonly dropping: boolean }) {
  const app = useApp()
  const t = useT()
  const open = COMMANDS.find('file.open')
  const diagnosis = useStore(app.live.diagnosis)
  useEffect(() => {
    const look = async (): Promise<void> => {
      try {
        await Promise.all([app.live.diagnose(), app.live.loadSpools()])
      } catch (error) {
        app.report(error)
      }
    }
    void look()
  }, [app])
  return (
    <div className="start">
      <div className="start-main" data-pane="start">
        <div className="start-head">
          <div>
            <h2 className="start-title">{t(m.title)}</h2>
            <p className="f2">{t(m.subtitle)}</p>
          </div>
          <span className="sp" />
          <Button
            icon={FolderOpen}
            data-pane-focus=""
            shortcut={open === undefined ? undefined : shortcutText(open, app.host.kind)}
            onClick={() => void app.chooseFile()}
          >
            {t(startMessages.open)}
          </Button>
        </div>
        <KeptCaptures />
        <InterfaceList />
        <CaptureFilter />
        <RecordingOptions />
        <details className="start-more">
          <summary>{t(programMessages.title)}</summary>
          <ProgramRecorder />
        </details>
        <PipesAndHosts />
        {diagnosis?.permitted === false && (
          <section className="start-card warn">
            <Doctor />
          </section>
        )}
      </div>
      <aside className="start-side" data-pane="start-files" aria-label={t(startMessages.title)}>
        <RecentFiles />
        <Samples />
        <div className={`start-drop ${dropping ? 'over' : ''}`}>
          <Icon icon={Upload} size="large" className="f3" />
          <div className="b5">{t(dropping ? startMessages.dropNow : m.dropTitle)}</div>
          <div className="f3">{t(startMessages.formats)}</div>
        </div>
      </aside>
    </div>
  )
}
