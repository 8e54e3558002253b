// Series for the graphs of the statistics view, and graphs as files.
import type { Arguments, ServiceMethods } from '../../shared/rpc/dispatcher'
import { encodeBase64 } from '../../shared/text/base64'
import { joined } from '../bytes/join'
import { ChartSheet } from '../diagram/chart-sheet'
import { writePicture } from '../diagram/export'
import { tcpSeries } from '../stats/tcp-series'
import { captureOf, type ServiceContext } from './context'

/** Methods about graphs. */
export function graphMethods(context: ServiceContext): Pick<ServiceMethods, Extract<keyof ServiceMethods, `graph.${string}`>> {
  const draw = (
    { captureId, title, language, charts, width, ...look }: Arguments<'graph.download'>,
    write: (bytes: Uint8Array) => void,
  ): Promise<void> =>
    writePicture(new ChartSheet(title, language, charts, width), captureOf(context, captureId).trace, look, context.ports.pictures, write)
  return {
    'graph.tcp': ({ captureId, stream, direction, range, points }) =>
      tcpSeries(captureOf(context, captureId).trace, stream, direction === 0 ? 0 : 1, range ?? undefined, points),
    'graph.download': async (sheet) => {
      const parts: Uint8Array[] = []
      await draw(sheet, (bytes) => parts.push(bytes))
      return { bytes: encodeBase64(joined(...parts)) }
    },
    'graph.save': async ({ path, overwrite, ...sheet }) => {
      const { file, path: full } = context.ports.files.create(path, overwrite)
      try {
        await draw(sheet, (bytes) => {
          file.write(bytes)
        })
        file.commit()
      } finally {
        file.abort()
      }
      return { path: full }
    },
  }
}
