// Export of the whole diagram.
import { DIAGRAM_FORMATS, type DiagramFormat, type DiagramSpec, type Params } from '../../../shared/contract'
import type { App } from '../../app/app-model'
import { useApp } from '../../app/app-context'
import type { PlainMessage } from '../../app/i18n/messages'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useT } from '../../app/i18n/use-t'
import { fileName } from '../../app/app-model'
import { downloadFile } from '../../dialogs/save/download'
import { PictureMenu } from './picture-menu'

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
  return (
    <PictureMenu
      title={t(m.exportTitle)}
      disabled={spec === null}
      formats={DIAGRAM_FORMATS.map((format) => ({ format, label: t(NAMES[format]) }))}
      onExport={(format, look) => {
        if (spec !== null) void exportDiagram(app, { spec, format, ...look })
      }}
    />
  )
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
