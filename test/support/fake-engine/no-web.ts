// A capture without TLS and HTTP.
import type { ServiceMethods } from '../../../src/shared/rpc/dispatcher'
import { TraceError } from '../../../src/shared/errors'

const unsupported = (): never => {
  throw new TraceError('export/unsupported', 'The fake engine cannot do this.')
}

/** Empty tables. */
export const NO_WEB = {
  'http.transactions': () => ({
    total: 0,
    matched: 0,
    connections: 0,
    bodyBytes: 0,
    errors: 0,
    unanswered: 0,
    from: 0,
    to: 0,
    transactions: [],
  }),
  'http.transaction': unsupported,
  'http.connections': unsupported,
  'http.find': () => ({ id: -1 }),
  'tls.find': () => ({ transport: 'tcp' as const, stream: -1 }),
  'tls.connections': () => ({ total: 0, matched: 0, decrypted: 0, connections: [] }),
  'tls.connection': () => ({ connection: null }),
  'keys.status': () => ({ keyLog: null, privateKeys: [], pasted: { secrets: 0, badLines: 0 } }),
  'keys.paste': () => ({ keyLog: null, privateKeys: [], pasted: { secrets: 0, badLines: 0 } }),
  'web.download': unsupported,
  'web.name': unsupported,
  'web.save': unsupported,
} satisfies Partial<ServiceMethods>
