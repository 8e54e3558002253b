// What a file is that is no capture, judged by its first bytes: so that a refusal can say what was found instead.
import { u32be, u32le } from '../bytes/integers'
import { hex, utf8Text } from '../bytes/text'

/** A kind of file that people try to open by mistake. `advice` says what to do with it. */
interface Signature {
  readonly at: number
  readonly bytes: readonly number[] | string
  readonly what: string
  readonly advice?: string
}

const UNPACK = 'Unpack it first and open the capture inside.'
const CONVERT = 'Convert it to pcapng with the program that made it, or with editcap.'

const SIGNATURES: readonly Signature[] = [
  { at: 0, bytes: [0x1f, 0x8b], what: 'gzip-compressed data', advice: 'It is compressed more than once; unpack it first.' },
  {
    at: 0,
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    what: 'Zstandard-compressed data',
    advice: 'It is compressed more than once; unpack it first.',
  },
  { at: 0, bytes: [0x04, 0x22, 0x4d, 0x18], what: 'LZ4-compressed data', advice: 'It is compressed more than once; unpack it first.' },
  {
    at: 0,
    bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    what: 'xz-compressed data',
    advice: 'Unpack it first (xz -dk FILE); gzip, zstd and lz4 are read directly.',
  },
  {
    at: 0,
    bytes: 'BZh',
    what: 'bzip2-compressed data',
    advice: 'Unpack it first (bunzip2 -k FILE); gzip, zstd and lz4 are read directly.',
  },
  { at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive', advice: UNPACK },
  { at: 0, bytes: 'Rar!', what: 'a RAR archive', advice: UNPACK },
  { at: 0, bytes: 'PK\x03\x04', what: 'a ZIP archive (or an Office document)', advice: UNPACK },
  { at: 257, bytes: 'ustar', what: 'a tar archive', advice: UNPACK },
  { at: 0, bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { at: 0, bytes: [0xff, 0xd8, 0xff], what: 'a JPEG picture' },
  { at: 0, bytes: 'GIF8', what: 'a GIF picture' },
  { at: 8, bytes: 'WEBP', what: 'a WebP picture' },
  { at: 0, bytes: '%PDF', what: 'a PDF document' },
  { at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Office document' },
  { at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'an ELF program' },
  { at: 0, bytes: 'MZ', what: 'a Windows program' },
  { at: 0, bytes: [0xcf, 0xfa, 0xed, 0xfe], what: 'a macOS program' },
  { at: 0, bytes: [0xca, 0xfe, 0xba, 0xbe], what: 'a macOS program or a Java class' },
  { at: 0, bytes: 'SQLite format 3', what: 'an SQLite database' },
  { at: 4, bytes: 'ftyp', what: 'an MP4 video' },
  { at: 0, bytes: 'GMBU', what: 'a Microsoft Network Monitor capture', advice: CONVERT },
  { at: 0, bytes: 'RTSS', what: 'a Microsoft Network Monitor 1 capture', advice: CONVERT },
  { at: 0, bytes: 'TRSNIFF data', what: 'a Sniffer capture', advice: CONVERT },
  { at: 0, bytes: 'XCP\0', what: 'a NetXRay or Sniffer capture', advice: CONVERT },
  { at: 0, bytes: [0x7f, 0x76, 0x65, 0x72], what: 'an EtherPeek or OmniPeek capture', advice: CONVERT },
  { at: 0, bytes: 'btsnoop\0', what: 'a Bluetooth btsnoop capture', advice: CONVERT },
  { at: 0, bytes: [0x54, 0x52, 0x00, 0x64], what: 'a Nettl trace', advice: CONVERT },
  { at: 0, bytes: [0x05, 0x56, 0x4e, 0x41], what: 'a Visual Networks capture', advice: CONVERT },
]

const CONVERT_TEXT = 'A hex dump can be turned into a capture with text2pcap.'

/** What bytes (the first of a file, up to 512) look like, and what to do: two sentences without the file's name. */
export function describeOtherFile(bytes: Uint8Array): { what: string; advice: string } {
  for (const { at, bytes: wanted, what, advice } of SIGNATURES) {
    const codes = typeof wanted === 'string' ? Array.from(wanted, (character) => character.charCodeAt(0)) : wanted
    if (codes.every((code, index) => bytes[at + index] === code)) {
      return { what, advice: advice ?? 'Open a pcap or pcapng file instead.' }
    }
  }
  if (bytes.every((byte) => byte === 0)) {
    return { what: 'nothing but zero bytes', advice: 'The file was probably never written completely; copy or record it again.' }
  }
  if (bytes.length >= 32 && looksLikeErf(bytes)) return { what: 'probably an Endace ERF capture', advice: CONVERT }
  const text = textKind(bytes)
  if (text !== undefined) return { what: text, advice: text.includes('hex dump') ? CONVERT_TEXT : 'Open a pcap or pcapng file instead.' }
  return {
    what: `an unknown format that begins with the bytes ${hex(bytes, ' ', 0, Math.min(8, bytes.length))}`,
    advice: 'pcap, pcapng and snoop captures can be opened, also compressed with gzip, zstd or lz4.',
  }
}

/** ERF has no magic number: a record type, a length, and a time that is believable. */
function looksLikeErf(bytes: Uint8Array): boolean {
  const type = bytes[8]! & 0x7f
  const recordLength = (bytes[10]! << 8) | bytes[11]!
  const seconds = u32le(bytes, 4)
  return (
    type >= 1 &&
    type <= 48 &&
    recordLength >= 16 &&
    recordLength % 8 === 0 &&
    seconds > 500_000_000 &&
    seconds < 3_000_000_000 &&
    u32be(bytes, 0) !== 0
  )
}

function textKind(bytes: Uint8Array): string | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 'UTF-16 text'
  const text = utf8Text(bytes)
  // A character cut at the end of the sample is not a sign of binary data.
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) || text.slice(0, -1).includes('\ufffd')) return undefined
  const start = text.replace(/^\ufeff/, '').trimStart()
  if (/^<(!doctype html|html)/i.test(start)) return 'an HTML page (was it saved instead of the download?)'
  if (start.startsWith('<?xml') || start.startsWith('<pdml')) return 'an XML document'
  if (/^(CLIENT_|SERVER_|RSA |EXPORTER_SECRET|# SSL\/TLS secrets)/.test(start))
    return 'a TLS key log: open the capture, and name this file as its key log'
  if (/^[{[]/.test(start)) return 'JSON text'
  if (/^#!/.test(start)) return 'a script'
  if (/^(0000|000000)[:\s]/m.test(start)) return 'a hex dump as text'
  return start === '' ? 'blank text' : 'plain text'
}
