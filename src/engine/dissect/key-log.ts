// Key logs (RFC 9850, the format of SSLKEYLOGFILE) with the older lines that programs still write, and RSA private keys: what decryption starts from.
// Bad lines are ignored. Shared by all protocols that are encrypted with TLS's secrets.
import { fromHex } from '../bytes/text'
import { defineState } from './session'

/** Labels whose second word is a client's random. */
const LABELS = new Set([
  'CLIENT_RANDOM',
  'CLIENT_EARLY_TRAFFIC_SECRET',
  'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
  'SERVER_HANDSHAKE_TRAFFIC_SECRET',
  'CLIENT_TRAFFIC_SECRET_0',
  'SERVER_TRAFFIC_SECRET_0',
  'EARLY_EXPORTER_SECRET',
  'EXPORTER_SECRET',
  'PMS_CLIENT_RANDOM',
  'ECH_SECRET',
  'ECH_CONFIG',
])
/** Longest line that is looked at; a secret has at most 64 bytes. */
const LONGEST_LINE = 2048
/** Hexadecimal digits of a (pre-)master secret. */
const MASTER_DIGITS = 96

/** Secrets by label and by what they belong to. */
export class KeyLog {
  /** In hexadecimal, as they were written: most are never asked for. */
  private readonly secrets = new Map<string, string>()
  private readonly randoms = new Map<string, string[]>()
  /** What was asked for and found: randoms, session ids, starts of encrypted secrets. */
  private readonly used = new Set<string>()
  /** Private keys in PEM, for RSA key exchange. */
  readonly privateKeys: string[] = []
  /** Lines that were no secret (comments and empty lines are not counted). */
  badLines = 0

  /** Whether there is anything to decrypt with. */
  get isEmpty(): boolean {
    return this.secrets.size === 0 && this.privateKeys.length === 0
  }
  /** Number of secrets. */
  get size(): number {
    return this.secrets.size
  }

  /** Reads lines; of a secret that is there already the first stays, since a program that writes a line twice repeats itself. */
  addText(text: string): void {
    for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
      const trimmed = line.trim()
      if (trimmed !== '' && !trimmed.startsWith('#') && !this.addLine(trimmed)) this.badLines++
    }
  }

  /** The secret of a label for a client's random (or of 'RSA' for the start of an encrypted pre-master secret, 'SESSION' for a session id). */
  secret(label: string, of: string): Uint8Array | undefined {
    const digits = this.secrets.get(`${label} ${of}`)
    if (digits === undefined) return undefined
    this.used.add(of)
    return fromHex(digits)
  }
  /** Whether something of a connection was found here. */
  get isUsed(): boolean {
    return this.used.size > 0
  }
  /** The lines, a key log of its own, of what was asked for and found; without those that `except` has. '' where there are none. */
  usedText(except: KeyLog): string {
    let text = ''
    for (const [name, digits] of this.secrets) {
      const [label = '', of = ''] = name.split(' ')
      if (!this.used.has(of) || except.secrets.has(name)) continue
      text += label === 'SESSION' ? `RSA Session-ID:${of} Master-Key:${digits}\n` : `${label} ${of} ${digits}\n`
    }
    return text
  }
  /** Labels that the log has for a client's random. */
  labelsOf(random: string): readonly string[] {
    return this.randoms.get(random) ?? []
  }

  private addLine(line: string): boolean {
    if (line.length > LONGEST_LINE) return false
    const session = line.length > 96 && /^RSA Session-ID:([0-9a-f]+) Master-Key:([0-9a-f]{96})$/i.exec(line)
    if (session) return this.put('SESSION', session[1], session[2])
    const [label = '', of = '', rest = ''] = line.split(/[ \t]+/, 3),
      digits = /^(?:[0-9a-f]{2})+/i.exec(rest)?.[0] ?? '',
      // what stands behind a secret (quoting, a comment) is no part of it
      secret = label === 'RSA' || label === 'CLIENT_RANDOM' ? digits.slice(0, MASTER_DIGITS) : digits
    if (secret === '' || !isHex(of)) return false
    if (label === 'RSA') return of.length === 16 && secret.length === MASTER_DIGITS && this.put(label, of, secret)
    if (of.length !== 64 || !(LABELS.has(label) || /^(CLIENT|SERVER)_TRAFFIC_SECRET_[0-9]+$/.test(label))) return false
    if (label === 'CLIENT_RANDOM' && secret.length !== MASTER_DIGITS) return false
    const random = of.toLowerCase(),
      labels = this.randoms.get(random)
    if (labels) labels.push(label)
    else this.randoms.set(random, [label])
    return this.put(label, random, secret)
  }
  private put(label: string, of = '', secret = ''): true {
    const key = `${label} ${of.toLowerCase()}`
    if (!this.secrets.has(key)) this.secrets.set(key, secret)
    return true
  }
}

/** Whole bytes in hexadecimal, at least one. */
function isHex(text: string): boolean {
  return text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)
}

/** The capture's secrets: of its own blocks and of what the user gave. */
export const KEY_LOG = defineState('key-log', () => new KeyLog())
