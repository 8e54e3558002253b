// What can be taken out of the HTTP and TLS views as a file: an HTTP Archive, a body, a certificate chain.
import type { WebArtifact } from '../../shared/contract'
import { TraceError } from '../../shared/errors'
import type { CallContext, ServiceMethods } from '../../shared/rpc/dispatcher'
import { encodeBase64 } from '../../shared/text/base64'
import { encodeUtf8 } from '../bytes/utf8'
import { bodyName, decodeBody } from '../session/http/body'
import { harOf } from '../session/http/har'
import { partsOf } from '../session/http/message-parts'
import { mediaType } from '../session/http/rows'
import { headerValue } from '../session/http/message-reader'
import { readCertificate } from '../session/tls/certificates/certificate'
import { decodeBase64 } from '../bytes/base64'
import { captureOf, type ServiceContext } from './context'
import { entryOf, type WebViews } from './web-views'

/** Largest body that is taken out. */
const MOST_BODY = 64 << 20

interface Artifact {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** The methods. */
export function webArtifactMethods(
  context: ServiceContext,
  views: WebViews,
): Pick<ServiceMethods, 'web.download' | 'web.name' | 'web.save'> {
  const make = (captureId: number, what: WebArtifact, call: CallContext): Promise<Artifact> =>
    artifact(context, views, captureId, what, call)
  return {
    'web.download': async ({ captureId, what }, call) => {
      const { name, type, bytes } = await make(captureId, what, call)
      return { name, type, bytes: encodeBase64(bytes) }
    },
    'web.name': async ({ captureId, what }, call) => ({ name: (await make(captureId, what, call)).name }),
    'web.save': async ({ captureId, what, path, overwrite }, call) => {
      const { bytes } = await make(captureId, what, call)
      const { file, path: full } = context.ports.files.create(path, overwrite)
      try {
        file.write(bytes)
        file.commit()
      } finally {
        file.abort()
      }
      return { path: full }
    },
  }
}

async function artifact(
  context: ServiceContext,
  views: WebViews,
  captureId: number,
  what: WebArtifact,
  call: CallContext,
): Promise<Artifact> {
  const { capture, table } = await views.tableOf(captureId, call)
  const base = captureOf(context, captureId).opened.name.replace(/\.[A-Za-z0-9]{1,8}$/, '') || 'capture'
  switch (what.kind) {
    case 'har': {
      const archive = harOf(
        table.entries.map(({ transaction }) => transaction),
        context.ports.host.version,
      )
      return { name: `${base}.har`, type: 'application/json', bytes: encodeUtf8(JSON.stringify(archive, undefined, 1)) }
    }
    case 'certificates': {
      const tls = table.connections.find(({ transport, stream }) => transport === (what.transport ?? 'tcp') && stream === what.stream)?.tls
      const pems = (tls?.certificates ?? []).flatMap(
        ({ der }) => readCertificate(Uint8Array.from(decodeBase64(der), (one) => one.charCodeAt(0)))?.pem ?? [],
      )
      if (pems.length === 0) throw new TraceError('export/unsupported', 'No certificate of this connection can be read.')
      return { name: `${base}-stream-${what.stream}.pem`, type: 'application/x-pem-file', bytes: encodeUtf8(pems.join('')) }
    }
    case 'body': {
      const entry = entryOf(table, what.id)
      const message = what.side === 'request' ? entry.exchange.request : entry.exchange.response
      if (!message) throw new TraceError('export/unsupported', 'This request has no response in the capture.')
      if (message.bodyBytes > MOST_BODY) throw new TraceError('export/unsupported', 'This body is larger than 64 MiB.')
      const bytes = await views.messageBytes(capture, table, entry, message, what.side, 2 * MOST_BODY, call)
      const { body } = partsOf(message, bytes)
      const decoded = what.decoded ? decodeBody(message.head, body, context.ports.inflate, MOST_BODY).bytes : body
      if (!decoded) throw new TraceError('export/unsupported', 'This body cannot be decoded. It can be saved as it was sent.')
      const type = mediaType(headerValue(message.head, 'content-type'))
      return { name: bodyName(entry.row.target, type), type: type || 'application/octet-stream', bytes: decoded }
    }
  }
}
