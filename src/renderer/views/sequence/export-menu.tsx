// Export of the whole diagram: a menu of formats, and whose colours it has.
import { useState } from 'react'
import { ChevronDown, Download } from 'lucide-react'
import { DIAGRAM_FORMATS, type DiagramFormat, type DiagramSpec, type Params } from '../../../shared/contract'
import type { App } from '../../app/app-model'
import { useApp } from '../../app/app-context'
import type { PlainMessage } from '../../app/i18n/messages'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useT } from '../../app/i18n/use-t'
import { fileName } from '../../app/app-model'
import { downloadFile } from '../../dialogs/save/download'
import { Button } from '../../ui/button'
import { Menu, useMenuAnchor } from '../../ui/menu'

const NAMES: Readonly<Record<DiagramFormat, PlainMessage>> = {
  svg: m.formatSvg,
  png: m.formatPng,
  pdf: m.formatPdf,
  html: m.formatHtml,
  mermaid: m.formatMermaid,
  plantuml: m.formatPlantuml,
  text: m.formatText,
}
const TYPES: Readonly<Record<DiagramFormat, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  html: 'text/html',
  mermaid: 'text/plain',
  plantuml: 'text/plain',
  text: 'text/plain',
}

/** The button and its menu. */
export function ExportMenu({ spec }: { readonly spec: DiagramSpec | null }) {
  const app = useApp()
  const t = useT()
  const { anchor, openAt, close } = useMenuAnchor()
  const [print, setPrint] = useState(true)
  const [scale, setScale] = useState(2)
  return (
    <>
      <Button
        icon={Download}
        disabled={spec === null}
        aria-haspopup="menu"
        onClick={(event) => {
          openAt({ element: event.currentTarget })
        }}
      >
        {t(m.export)}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {anchor !== null && spec !== null && (
        <Menu
          label={t(m.exportTitle)}
          anchor={anchor}
          end
          onClose={close}
          items={[
            { kind: 'heading', id: 'title', label: t(m.exportTitle) },
            ...DIAGRAM_FORMATS.map((format) => ({
              id: format,
              label: t(NAMES[format]),
              onSelect: () => {
                void exportDiagram(app, { spec, format, theme: print ? 'print' : screenTheme(), scale })
              },
            })),
            { kind: 'separator', id: 'line' },
            { kind: 'heading', id: 'colours', label: t(m.colours) },
            {
              id: 'print',
              label: t(m.colourPrint),
              checked: print,
              radio: true,
              onSelect: () => {
                setPrint(true)
              },
            },
            {
              id: 'theme',
              label: t(m.colourTheme),
              checked: !print,
              radio: true,
              onSelect: () => {
                setPrint(false)
              },
            },
            { kind: 'heading', id: 'scales', label: t(m.pngScale) },
            ...[1, 2, 3, 4].map((times) => ({
              id: `scale-${times}`,
              label: t(m.times, { scale: String(times) }),
              checked: scale === times,
              radio: true,
              onSelect: () => {
                setScale(times)
              },
            })),
          ]}
        />
      )}
    </>
  )
}

function screenTheme(): 'dark' | 'light' {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

async function exportDiagram(app: App, picture: Params<'diagram.download'>): Promise<void> {
  const { format } = picture
  try {
    if (!app.host.nativeDialogs) {
      const { name, bytes } = await app.client.call('diagram.download', picture)
      downloadFile(name, bytes, TYPES[format])
      app.toasts.show({ kind: 'ok', title: app.t(m.exported, { name }) })
      return
    }
    const { name } = await app.client.call('diagram.name', picture)
    const { path } = await app.client.call('host.saveDialog', { suggestedName: name, format })
    if (path === null) return
    // The native dialog has asked already.
    const saved = await app.client.call('diagram.save', { ...picture, path, overwrite: true })
    app.toasts.show({ kind: 'ok', title: app.t(m.saved, { name: fileName(saved.path) }) })
  } catch (error) {
    app.report(error)
  }
}
