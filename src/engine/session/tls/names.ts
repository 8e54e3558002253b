// Names of what TLS offers, for people: those of the field tables, which have tshark's, and what IANA's registry has had since.
import { TLS_SIGNATURE_SCHEMES, isGrease, tlsExtensionName, tlsGroupName } from '../../values/tls'

const GROUPS: Readonly<Record<number, string>> = {
  0x0200: 'MLKEM512',
  0x0201: 'MLKEM768',
  0x0202: 'MLKEM1024',
  0x11eb: 'SecP256r1MLKEM768',
  0x11ec: 'X25519MLKEM768',
  0x11ed: 'SecP384r1MLKEM1024',
  0x6399: 'X25519Kyber768Draft00',
}
const SCHEMES: Readonly<Record<number, string>> = { 0x0904: 'mldsa44', 0x0905: 'mldsa65', 0x0906: 'mldsa87' }
const EXTENSIONS: Readonly<Record<number, string>> = {
  0x44cd: 'application_settings',
  0xca34: 'trust_anchors',
  0xfe0d: 'encrypted_client_hello',
}

/** Name of a group; its number where it has none. */
export function groupName(code: number): string {
  return tlsGroupName(code) ?? GROUPS[code] ?? numberOf(code)
}

/** Name of a signature scheme; its number where it has none. */
export function schemeName(code: number): string {
  return TLS_SIGNATURE_SCHEMES[code] ?? SCHEMES[code] ?? (isGrease(code) ? 'Reserved (GREASE)' : numberOf(code))
}

/** Name of an extension; its number where it has none. */
export function extensionName(code: number): string {
  return tlsExtensionName(code) ?? EXTENSIONS[code] ?? numberOf(code)
}

function numberOf(code: number): string {
  return `0x${code.toString(16).padStart(4, '0')}`
}
