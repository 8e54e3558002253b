// The application data of a TLS connection whose keys are known: what each record held, where the packet that completed it came.
import { fieldByName } from '../dissect/registry'
import type { TreeBuffer } from '../dissect/tree-buffer'
import { DissectedFollow } from './dissected-follow'

/** Rows that only TLS's own messages have: a record with one of them carries no application data. */
const OWN = new Set(
  ['tls.handshake', 'tls.handshake.fragment', 'tls.alert_message', 'tls.change_cipher_spec', 'tls.heartbeat_message']
    .map((name) => fieldByName(name)?.id)
    .filter((id) => id !== undefined),
)
const RECORD = 'Decrypted TLS'

/** TLS within a TCP stream. */
export class TlsFollow extends DissectedFollow {
  readonly protocol = 'tls'

  protected partsOf(tree: TreeBuffer): readonly Uint8Array[] {
    const own = new Set<number>()
    for (let node = 0; node < tree.count; node++) if (OWN.has(tree.field(node))) own.add(tree.source[node] ?? 0)
    return tree.sources.filter(({ name, bytes }, index) => name === RECORD && bytes.length > 0 && !own.has(index)).map(({ bytes }) => bytes)
  }
}
