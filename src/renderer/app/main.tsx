// Entry of the page: connect to the host, then start. What goes wrong before the window exists is shown as plain text with a way out.
import { createRoot } from 'react-dom/client'
import { connect, MissingTokenError } from '../client/connect'
import { Button } from '../ui/button'
import { appMessages as m } from './i18n/app'
import { translator } from './i18n/messages'
import { start } from './start'
import { systemLanguage } from './theme'

function StartProblem({ missingToken }: { readonly missingToken: boolean }) {
  const t = translator(systemLanguage())
  return (
    <div className="start-problem" role="alert">
      <h1>{t(missingToken ? m.noToken : m.startFailed)}</h1>
      {missingToken && <p>{t(m.noTokenText)}</p>}
      <Button
        kind="primary"
        onClick={() => {
          window.location.reload()
        }}
      >
        {t(m.retry)}
      </Button>
    </div>
  )
}

const root = document.getElementById('root')
if (root !== null) {
  connect()
    .then((client) => start(client, root))
    .catch((error: unknown) => {
      createRoot(root).render(<StartProblem missingToken={error instanceof MissingTokenError} />)
    })
}
