// Saving and copying a followed stream.
import { ClipboardCopy, Save } from 'lucide-react'
import type { FollowSpec, Params } from '../../../shared/contract'
import { fileName, type App } from '../../app/app-model'
import { useApp } from '../../app/app-context'
import { followMessages as m } from '../../app/i18n/follow'
import { useT } from '../../app/i18n/use-t'
import { copyText } from '../../dialogs/copy'
import { downloadFile } from '../../dialogs/save/download'
import { Button } from '../../ui/button'
import { Menu, useMenuAnchor } from '../../ui/menu'

type Gaps = Params<'follow.download'>['gaps']

/** The two buttons. */
export function FollowSave({ spec, gaps }: { readonly spec: FollowSpec; readonly gaps: number }) {
  const app = useApp()
  const t = useT()
  const { anchor, openAt, close } = useMenuAnchor()
  const asks = gaps > 0 && spec.form === 'raw'
  const run = (task: Promise<void>): void => {
    task.catch((error: unknown) => {
      app.report(error)
    })
  }
  return (
    <>
      <Button
        icon={ClipboardCopy}
        disabled={spec.form === 'raw'}
        onClick={() => {
          run(copy(app, spec))
        }}
      >
        {t(m.copy)}
      </Button>
      <Button
        kind="primary"
        icon={Save}
        aria-haspopup={asks ? 'menu' : undefined}
        onClick={(event) => {
          if (asks) openAt({ element: event.currentTarget })
          else run(save(app, spec, 'leave-out'))
        }}
      >
        {t(m.save)}
      </Button>
      {anchor !== null && (
        <Menu
          label={t(m.save)}
          anchor={anchor}
          end
          onClose={close}
          items={[
            {
              id: 'leave-out',
              label: t(m.saveLeaveOut),
              onSelect: () => {
                run(save(app, spec, 'leave-out'))
              },
            },
            {
              id: 'zeros',
              label: t(m.saveZeros),
              onSelect: () => {
                run(save(app, spec, 'zeros'))
              },
            },
          ]}
        />
      )}
    </>
  )
}

async function copy(app: App, spec: FollowSpec): Promise<void> {
  const { bytes } = await app.client.call('follow.download', { spec, gaps: 'leave-out' })
  const binary = atob(bytes)
  await copyText(app, new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0))))
}

async function save(app: App, spec: FollowSpec, gaps: Gaps): Promise<void> {
  if (!app.host.nativeDialogs) {
    const { name, bytes } = await app.client.call('follow.download', { spec, gaps })
    downloadFile(name, bytes, 'application/octet-stream')
    return
  }
  const { name } = await app.client.call('follow.name', { spec })
  const { path } = await app.client.call('host.saveDialog', { suggestedName: name, format: name.split('.').at(-1) ?? 'txt' })
  if (path === null) return
  // The native dialog has asked already.
  const saved = await app.client.call('follow.save', { spec, gaps, path, overwrite: true })
  app.toasts.show({ kind: 'ok', title: app.t(m.saved, { path: fileName(saved.path) }) })
}
