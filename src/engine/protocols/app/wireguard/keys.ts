// WireGuard's key log: lines "NAME = base64" of static, ephemeral and preshared keys, as the kernel's tracing script writes them and pcapng files carry
// them ('WGKL'). Bad lines are ignored.
import { decodeBase64 } from '../../../bytes/base64'
import { defineState } from '../../../dissect/session'

/** Keys of one kind that are kept at most, as a bound against absurd logs. */
const MOST_KEYS = 1000
const LINE =
  /^\s*(LOCAL_STATIC_PRIVATE_KEY|REMOTE_STATIC_PUBLIC_KEY|LOCAL_EPHEMERAL_PRIVATE_KEY|PRESHARED_KEY)\s*=\s*([A-Za-z0-9+/]{43}=)\s*$/
const NO_PRESHARED_KEY = new Uint8Array(32)

/** Keys of 32 bytes each, in the order of the log. */
export class WireGuardKeys {
  readonly staticPrivate: Uint8Array[] = []
  readonly staticPublic: Uint8Array[] = []
  readonly ephemeralPrivate: Uint8Array[] = []
  /** The absent one (zeros) first. */
  readonly preshared: Uint8Array[] = [NO_PRESHARED_KEY]

  get isEmpty(): boolean {
    return this.staticPrivate.length === 0 && this.ephemeralPrivate.length === 0
  }

  addText(text: string): void {
    for (const line of text.split(/\r\n|\r|\n/)) {
      const [, name, value = ''] = LINE.exec(line) ?? []
      if (name === undefined) continue
      const list =
        name === 'LOCAL_STATIC_PRIVATE_KEY'
          ? this.staticPrivate
          : name === 'REMOTE_STATIC_PUBLIC_KEY'
            ? this.staticPublic
            : name === 'LOCAL_EPHEMERAL_PRIVATE_KEY'
              ? this.ephemeralPrivate
              : this.preshared
      if (list.length < MOST_KEYS) list.push(Uint8Array.from(decodeBase64(value), (letter) => letter.charCodeAt(0)))
    }
  }
}

/** The capture's WireGuard keys. */
export const WIREGUARD_KEYS = defineState('wireguard-keys', () => new WireGuardKeys())
