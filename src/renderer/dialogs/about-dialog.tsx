// What program this is.
import { useApp } from '../app/app-context'
import { aboutMessages as m } from '../app/i18n/dialogs'
import { uiMessages } from '../app/i18n/ui'
import { useT } from '../app/i18n/use-t'
import logo from '../assets/icon.svg'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import './dialogs.css'

/** The about box. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const t = useT()
  const { version, kind, platform } = app.host
  return (
    <Dialog
      title={t(m.title)}
      width={440}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <>
          <span className="sp" />
          <Button kind="primary" type="submit" data-autofocus="">
            {t(uiMessages.close)}
          </Button>
        </>
      }
    >
      <div className="about">
        <img src={logo} alt="" width={48} height={48} />
        <div>
          <p className="about-name">Wireglass</p>
          <p className="f3 num selectable">{t(m.version, { version })}</p>
        </div>
      </div>
      <p>{t(m.what)}</p>
      <dl className="dl-facts selectable">
        <dt>{t(m.host)}</dt>
        <dd>{t(kind === 'desktop' ? m.hostDesktop : m.hostBrowser)}</dd>
        <dt>{t(m.platform)}</dt>
        <dd>{platform}</dd>
        <dt>{t(m.licence)}</dt>
        <dd>{t(m.licenceText)}</dd>
      </dl>
      <p className="f3">{t(m.privacy)}</p>
    </Dialog>
  )
}
