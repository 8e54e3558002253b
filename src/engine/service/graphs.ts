// Series for the graphs of the statistics view.
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import { tcpSeries } from '../stats/tcp-series'
import { captureOf, type ServiceContext } from './context'

/** Methods about graphs. */
export function graphMethods(context: ServiceContext): Pick<ServiceMethods, 'graph.tcp'> {
  return {
    'graph.tcp': ({ captureId, stream, direction, range, points }) =>
      tcpSeries(captureOf(context, captureId).trace, stream, direction === 0 ? 0 : 1, range ?? undefined, points),
  }
}
