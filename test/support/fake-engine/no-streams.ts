// What a capture without conversations cannot be asked.
import type { ServiceMethods } from '../../../src/shared/rpc/dispatcher'
import { TraceError } from '../../../src/shared/errors'

const unsupported = (): never => {
  throw new TraceError('export/unsupported', 'The fake engine cannot do this.')
}

/** Tables, diagrams and followed streams. */
export const NO_STREAMS = {
  'conversations.get': unsupported,
  'conversations.csv': unsupported,
  'endpoints.get': unsupported,
  'endpoints.csv': unsupported,
  'follow.open': unsupported,
  'follow.rows': unsupported,
  'follow.turns': unsupported,
  'follow.find': unsupported,
  'follow.rowOf': unsupported,
  'follow.replay': unsupported,
  'follow.boundaries': unsupported,
  'follow.name': unsupported,
  'follow.download': unsupported,
  'follow.save': unsupported,
  'diagram.streams': unsupported,
  'diagram.streamOf': unsupported,
  'diagram.open': unsupported,
  'diagram.rows': unsupported,
  'diagram.row': unsupported,
  'diagram.find': unsupported,
  'diagram.explain': unsupported,
  'diagram.explainRow': unsupported,
  'diagram.sameConnections': unsupported,
  'diagram.name': unsupported,
  'diagram.download': unsupported,
  'diagram.save': unsupported,
} satisfies Partial<ServiceMethods>
