// Headers with radio information in front of 802.11 frames: radiotap (radiotap.org), per-packet information (PPI), Prism and AVS monitor headers.
// Not covered: of MCS all but the data rate, contents of VHT and later radiotap fields, TLVs, PPI fields beside the common one, fields of Prism and AVS beyond the length.
import { bool, defineProtocol, float, i8, none, u16, u32, u64, u8 } from '../../../dissect/define'
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { highThroughputRate } from './data-rate'

/** Hands the frame on, with word of whether its check sequence is at its end. */
function frame(d: Decoder, hasCheck: boolean): void {
  d.chainName('wlan_radio')
  d.keyDetail = hasCheck ? 'fcs' : ''
  if (!d.next('linktype', 105)) d.data()
  d.keyDetail = ''
}

/** Presence bits by position; those without a name are not defined. */
const PRESENT = {
  tsft: 0,
  flags: 1,
  rate: 2,
  channel: 3,
  fhss: 4,
  dbm_antsignal: 5,
  dbm_antnoise: 6,
  lock_quality: 7,
  tx_attenuation: 8,
  db_tx_attenuation: 9,
  dbm_tx_power: 10,
  antenna: 11,
  db_antsignal: 12,
  db_antnoise: 13,
  rxflags: 14,
  txflags: 15,
  data_retries: 17,
  xchannel: 18,
  mcs: 19,
  ampdu: 20,
  vht: 21,
  timestamp: 22,
  he: 23,
  he_mu: 24,
  '0_length.psdu': 26,
  l_sig: 27,
  tlv: 28,
  rtap_ns: 29,
  vendor_ns: 30,
  ext: 31,
} as const
const present = (label: string, bit: number) => bool(label, { mask: 2 ** bit, bits: 32, names: ['Present', 'Absent'] })
const word = (label: string, bit: number) => bool(label, { mask: 2 ** bit, bits: 32 })
const channel = (label: string, mask: number) => bool(label, { mask, bits: 16 })
const flag = (label: string, mask: number) => bool(label, { mask, bits: 8 })
/** Length and alignment of the fields by presence bit. */
const SHAPES: readonly (readonly [number, number])[] = [
  [8, 8],
  [1, 1],
  [1, 1],
  [4, 2],
  [2, 1],
  [1, 1],
  [1, 1],
  [2, 2],
  [2, 2],
  [2, 2],
  [1, 1],
  [1, 1],
  [1, 1],
  [1, 1],
  [2, 2],
  [2, 2],
  [1, 1],
  [1, 1],
  [8, 4],
  [3, 1],
  [8, 4],
  [12, 2],
  [12, 8],
  [12, 2],
  [12, 2],
  [6, 2],
  [1, 1],
  [4, 2],
]
const CHANNEL_FLAGS = [
  '700mhz',
  '800mhz',
  '900mhz',
  'turbo',
  'cck',
  'ofdm',
  '2ghz',
  '5ghz',
  'passive',
  'dynamic',
  'gfsk',
  'gsm',
  'sturbo',
  'half',
  'quarter',
] as const
const FLAGS = ['cfp', 'preamble', 'wep', 'frag', 'fcs', 'datapad', 'badfcs', 'shortgi'] as const

const fields = {
  'radiotap.version': u8('Header revision'),
  'radiotap.pad': u8('Header pad'),
  'radiotap.length': u16('Header length'),
  'radiotap.present': none('Present flags'),
  'radiotap.present.word': u32('Present flags word', { base: 'hex' }),
  'radiotap.present.tsft': present('Time synchronization', 0),
  'radiotap.present.flags': present('Flags', 1),
  'radiotap.present.rate': present('Rate', 2),
  'radiotap.present.channel': present('Channel', 3),
  'radiotap.present.fhss': present('Frequency hopping', 4),
  'radiotap.present.dbm_antsignal': present('Antenna signal (dBm)', 5),
  'radiotap.present.dbm_antnoise': present('Antenna noise (dBm)', 6),
  'radiotap.present.lock_quality': present('Lock quality', 7),
  'radiotap.present.tx_attenuation': present('Transmit attenuation', 8),
  'radiotap.present.db_tx_attenuation': present('Transmit attenuation (dB)', 9),
  'radiotap.present.dbm_tx_power': present('Transmit power (dBm)', 10),
  'radiotap.present.antenna': present('Antenna', 11),
  'radiotap.present.db_antsignal': present('Antenna signal (dB)', 12),
  'radiotap.present.db_antnoise': present('Antenna noise (dB)', 13),
  'radiotap.present.rxflags': present('Receive flags', 14),
  'radiotap.present.txflags': present('Transmit flags', 15),
  'radiotap.present.data_retries': present('Data retries', 17),
  'radiotap.present.xchannel': present('Extended channel', 18),
  'radiotap.present.mcs': present('MCS', 19),
  'radiotap.present.ampdu': present('A-MPDU status', 20),
  'radiotap.present.vht': present('VHT', 21),
  'radiotap.present.timestamp': present('Timestamp', 22),
  'radiotap.present.he': present('HE', 23),
  'radiotap.present.he_mu': present('HE-MU', 24),
  'radiotap.present.0_length.psdu': present('Zero-length PSDU', 26),
  'radiotap.present.l_sig': present('L-SIG', 27),
  'radiotap.present.tlv': present('TLVs', 28),
  'radiotap.present.rtap_ns': word('Radiotap namespace next', 29),
  'radiotap.present.vendor_ns': word('Vendor namespace next', 30),
  'radiotap.present.ext': present('Another word', 31),
  'radiotap.mactime': u64('MAC timestamp'),
  'radiotap.flags': u8('Flags', { base: 'hex' }),
  'radiotap.flags.cfp': flag('Contention-free period', 0x01),
  'radiotap.flags.preamble': bool('Preamble', { mask: 0x02, names: ['Short', 'Long'] }),
  'radiotap.flags.wep': flag('WEP', 0x04),
  'radiotap.flags.frag': flag('Fragmentation', 0x08),
  'radiotap.flags.fcs': flag('Check sequence at end', 0x10),
  'radiotap.flags.datapad': flag('Data pad', 0x20),
  'radiotap.flags.badfcs': flag('Bad check sequence', 0x40),
  'radiotap.flags.shortgi': flag('Short guard interval', 0x80),
  'radiotap.datarate': float('Data rate', { unit: ' Mb/s' }),
  'radiotap.channel.freq': u32('Channel frequency', { unit: ' MHz' }),
  'radiotap.channel.flags': u16('Channel flags', { base: 'hex' }),
  'radiotap.channel.flags.700mhz': channel('700 MHz spectrum', 0x0001),
  'radiotap.channel.flags.800mhz': channel('800 MHz spectrum', 0x0002),
  'radiotap.channel.flags.900mhz': channel('900 MHz spectrum', 0x0004),
  'radiotap.channel.flags.turbo': channel('Turbo', 0x0010),
  'radiotap.channel.flags.cck': channel('Complementary code keying', 0x0020),
  'radiotap.channel.flags.ofdm': channel('Orthogonal frequency-division multiplexing', 0x0040),
  'radiotap.channel.flags.2ghz': channel('2 GHz spectrum', 0x0080),
  'radiotap.channel.flags.5ghz': channel('5 GHz spectrum', 0x0100),
  'radiotap.channel.flags.passive': channel('Passive', 0x0200),
  'radiotap.channel.flags.dynamic': channel('Dynamic CCK-OFDM', 0x0400),
  'radiotap.channel.flags.gfsk': channel('Gaussian frequency shift keying', 0x0800),
  'radiotap.channel.flags.gsm': channel('GSM (900 MHz)', 0x1000),
  'radiotap.channel.flags.sturbo': channel('Static turbo', 0x2000),
  'radiotap.channel.flags.half': channel('Half rate channel', 0x4000),
  'radiotap.channel.flags.quarter': channel('Quarter rate channel', 0x8000),
  'radiotap.dbm_antsignal': i8('Antenna signal', { unit: ' dBm' }),
  'radiotap.dbm_antnoise': i8('Antenna noise', { unit: ' dBm' }),
  'radiotap.quality': u16('Signal quality'),
  'radiotap.txpower': i8('Transmit power', { unit: ' dBm' }),
  'radiotap.antenna': u32('Antenna'),
  'radiotap.db_antsignal': u8('Antenna signal (dB)', { unit: ' dB' }),
  'radiotap.db_antnoise': u8('Antenna noise (dB)', { unit: ' dB' }),
  'radiotap.rxflags': u16('Receive flags', { base: 'hex' }),
} as const
type Ids = FieldIds<typeof fields>

export const radiotap = defineProtocol({
  name: 'radiotap',
  title: 'Radiotap Header',
  short: 'Radiotap',
  accepts: { linktype: [127] },
  fields,
  decode(d, f) {
    const start = d.at,
      end = d.end
    d.setProtocol('WLAN')
    d.setInfo('')
    d.u8(f['radiotap.version'])
    d.u8(f['radiotap.pad'])
    const length = d.u16le(f['radiotap.length'])
    if (d.labels) d.appendLabel(` v${d.peek8(start)}, Length ${length}`, d.layerNode)
    if (length < 8) d.malformed()
    d.require(length, start)
    d.layerEnds(start + length)
    // the fields of another version are not known, only where the frame begins
    if (d.peek8(start) !== 0) {
      if (d.labels) d.appendLabel(' (invalid)', d.layerNode)
      d.at = start + length
      frame(d, false)
      return
    }
    d.end = start + length
    const words = presence(d, f)
    let flags = 0
    // what follows a vendor's namespace has a shape that only the vendor knows, and fields beyond the 29th are not defined
    for (let i = 0; i < words.length; i++) {
      const bits = words[i] ?? 0
      if (!namesFields(words, i)) {
        if ((bits & FIELD_BITS) !== 0) break
        continue
      }
      for (let bit = 0; bit < SHAPES.length; bit++) {
        if (Math.floor(bits / 2 ** bit) % 2 === 0) continue
        const [size, alignment] = SHAPES[bit] ?? [1, 1]
        d.at = start + Math.ceil((d.at - start) / alignment) * alignment
        d.require(size)
        const at = d.at
        if (bit === 1) flags = d.peek8(at)
        measurement(d, f, bit)
        d.at = at + size
      }
      if (bits & 0x5000_0000) break
    }
    d.end = end
    d.at = start + length
    frame(d, (flags & 0x10) !== 0)
  },
})

/** Bits of a word of presence that stand for fields; the others say what the next word is. */
const FIELD_BITS = 0x1fff_ffff,
  NAMESPACE_NEXT = 0x2000_0000

/** Whether a word counts from radiotap's first field: the first one, and those behind a reset of the namespace. */
function namesFields(words: readonly number[], i: number): boolean {
  return i === 0 || ((words[i - 1] ?? 0) & NAMESPACE_NEXT) !== 0
}

/** The words of presence bits: each says by its highest bit whether another one follows. */
function presence(d: Decoder, f: Ids): number[] {
  const words: number[] = []
  d.range(f['radiotap.present'], d.at, d.at + 4)
  const outer = d.enter()
  do {
    const at = d.at,
      bits = d.u32le(f['radiotap.present.word'])
    words.push(bits)
    const inner = d.enter()
    const first = namesFields(words, words.length - 1) ? 0 : PRESENT.rtap_ns
    for (const [name, bit] of Object.entries(PRESENT)) {
      if (bit >= first) d.bits(f[`radiotap.present.${name}` as 'radiotap.present.tsft'], at, at + 4, bits)
    }
    d.leave(inner)
  } while ((words.at(-1) ?? 0) >= 0x8000_0000)
  d.leave(outer, d.at)
  return words
}

/** One field by its presence bit. The caller has checked its length and moves the cursor. */
function measurement(d: Decoder, f: Ids, bit: number): void {
  const at = d.at
  switch (bit) {
    case 0:
      d.u64le(f['radiotap.mactime'])
      break
    case 1: {
      const flags = d.u8(f['radiotap.flags']),
        outer = d.enter()
      for (const name of FLAGS) d.bits(f[`radiotap.flags.${name}`], at, at + 1, flags)
      d.leave(outer)
      break
    }
    case 2:
      d.add(f['radiotap.datarate'], at, at + 1, d.peek8() / 2)
      break
    case 3: {
      d.add(f['radiotap.channel.freq'], at, at + 2, d.peek16le())
      d.skip(2)
      const flags = d.u16le(f['radiotap.channel.flags']),
        outer = d.enter()
      for (const name of CHANNEL_FLAGS) d.bits(f[`radiotap.channel.flags.${name}`], at + 2, at + 4, flags)
      d.leave(outer)
      break
    }
    case 5:
      d.signed(f['radiotap.dbm_antsignal'], 1)
      break
    case 6:
      d.signed(f['radiotap.dbm_antnoise'], 1)
      break
    case 7:
      d.u16le(f['radiotap.quality'])
      break
    case 10:
      d.signed(f['radiotap.txpower'], 1)
      break
    case 11:
      d.unsigned(f['radiotap.antenna'], 1)
      break
    case 12:
      d.u8(f['radiotap.db_antsignal'])
      break
    case 13:
      d.u8(f['radiotap.db_antnoise'])
      break
    case 14:
      d.u16le(f['radiotap.rxflags'])
      break
    case 19: {
      const rate = highThroughputRate(d.peek8(at), d.peek8(at + 1), d.peek8(at + 2))
      if (rate > 0) d.add(f['radiotap.datarate'], at, at + 3, rate)
      break
    }
    default:
  }
}

export const perPacketInformation = defineProtocol({
  name: 'ppi',
  title: 'PPI',
  short: 'PPI',
  accepts: { linktype: [192] },
  fields: {
    'ppi.version': u8('Version'),
    'ppi.flags': u8('Flags', { base: 'hex' }),
    'ppi.length': u16('Header length'),
    'ppi.dlt': u32('DLT'),
  },
  decode(d, f) {
    const start = d.at
    d.setProtocol('PPI')
    d.setInfo('')
    d.u8(f['ppi.version'])
    d.u8(f['ppi.flags'])
    const length = d.u16le(f['ppi.length']),
      type = d.u32le(f['ppi.dlt'])
    if (length < 8) d.malformed()
    d.layerEnds(start + length)
    const common = d.peek16le(start + 8) === 2 ? d.peek16le(start + 20) : 0
    d.at = start + length
    if (type === 105) frame(d, (common & 1) !== 0)
    else if (!d.next('linktype', type)) d.data()
  },
})

const AVS_COOKIE = 0x80211001,
  PRISM_LENGTH = 144

export const prism = defineProtocol({
  name: 'prism',
  title: 'Prism capture header',
  short: 'Prism',
  accepts: { linktype: [119] },
  fields: { 'prism.msgcode': u32('Message Code', { base: 'hex' }), 'prism.msglen': u32('Message Length') },
  decode(d, f) {
    const start = d.at
    if (d.peek32() === AVS_COOKIE) return d.next('linktype', 163) ? undefined : false
    d.setProtocol('Prism')
    d.setInfo('')
    d.u32le(f['prism.msgcode'])
    const length = d.u32le(f['prism.msglen'])
    if (length < 8 || length > PRISM_LENGTH) d.malformed()
    d.layerEnds(start + length)
    d.at = start + length
    frame(d, false)
    return undefined
  },
})

export const avs = defineProtocol({
  name: 'wlancap',
  title: 'AVS WLAN Capture header',
  short: 'AVS',
  accepts: { linktype: [163] },
  fields: { 'wlancap.version': u32('Header revision'), 'wlancap.length': u32('Header length') },
  decode(d, f) {
    const start = d.at
    d.setProtocol('AVS')
    d.setInfo('')
    d.u32(f['wlancap.version'])
    const length = d.u32(f['wlancap.length'])
    if (length < 8) d.malformed()
    d.require(length, start)
    d.layerEnds(start + length)
    d.at = start + length
    frame(d, false)
  },
})
