// Field table of Telnet.
import { bool, bytes, char, expert, string, u16, u32, u8 } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { TELNET_AUTH_TYPES, TELNET_COMMANDS, TELNET_ENCRYPTION_TYPES, TELNET_OPTIONS } from '../../../values/telnet'

export const TELNET_FIELDS = {
  'telnet.cmd': u8('Command', { values: TELNET_COMMANDS }),
  'telnet.subcmd': u8('Subcommand', { values: (value) => TELNET_OPTIONS[value] }),
  'telnet.data': string('Data'),
  'telnet.option_data': bytes('Option data'),
  'telnet.subcommand_data': bytes('Subcommand data'),
  'telnet.string_subopt.value': string('Value'),
  'telnet.naws_subopt.width': u16('Width'),
  'telnet.naws_subopt.height': u16('Height'),
  'telnet.rfc_subopt.cmd': u8('Command', { values: { 0: 'OFF', 1: 'ON', 2: 'RESTART-ANY', 3: 'RESTART-XON' } }),
  'telnet.outmark_subopt.cmd': char('Command', {
    base: 'hex',
    values: { 6: 'ACK', 21: 'NAK', 66: 'Bottom', 68: 'Default', 76: 'Left', 82: 'Right', 84: 'Top' },
  }),
  'telnet.outmark_subopt.banner': string('Banner'),
  'telnet.tabstop': u8('Tabstop value'),
  'telnet.starttls': u8('Follows'),
  'telnet.auth.cmd': u8('Auth Cmd', { values: { 0: 'IS', 1: 'SEND', 2: 'REPLY', 3: 'NAME' } }),
  'telnet.auth.name': string('Name'),
  'telnet.auth.type': u8('Auth Type', { values: TELNET_AUTH_TYPES }),
  'telnet.auth.mod.enc': u8('Encrypt', { mask: 0x14, values: { 0: 'Off', 1: 'Telnet Options', 4: 'After Exchange', 5: 'Reserved' } }),
  'telnet.auth.mod.cred_fwd': bool('Cred Fwd', {
    mask: 0x08,
    names: ['Client WILL forward auth creds', 'Client will NOT forward auth creds'],
  }),
  'telnet.auth.mod.how': bool('How', { mask: 0x02, names: ['MUTUAL authentication', 'One Way authentication'] }),
  'telnet.auth.mod.who': bool('Who', { mask: 0x01, names: ['Mask server to client', 'Mask client to server'] }),
  'telnet.auth.krb5.cmd': u8('Command', {
    values: { 0: 'Auth', 1: 'Reject', 2: 'Accept', 3: 'Response', 4: 'Forward', 5: 'Forward Accept', 6: 'Forward Reject' },
  }),
  'telnet.enc.cmd': u8('Enc Cmd', {
    values: {
      0: 'IS',
      1: 'SUPPORT',
      2: 'REPLY',
      3: 'START',
      4: 'END',
      5: 'REQUEST-START',
      6: 'REQUEST-END',
      7: 'ENC_KEYID',
      8: 'DEC_KEYID',
    },
  }),
  'telnet.enc.type': u8('Enc Type', { values: TELNET_ENCRYPTION_TYPES }),
  'telnet.enc.type_data': bytes('Type-specific data'),
  'telnet.enc.key_id': bytes('Key ID'),
  'telnet.comport_subopt.signature': string('Signature'),
  'telnet.comport_subopt.baud_rate': u32('Baud Rate'),
  'telnet.comport_subopt.data_size': u8('Data Size'),
  'telnet.comport_subopt.parity': u8('Parity', { values: { 0: 'Request', 1: 'None', 2: 'Odd', 3: 'Even', 4: 'Mark', 5: 'Space' } }),
  'telnet.comport_subopt.stop': u8('Stop Bits', { values: { 0: 'Request', 1: '1', 2: '2', 3: '1.5' } }),
  'telnet.comport_subopt.control': u8('Control'),
  'telnet.comport_subopt.purge': u8('Purge', { values: { 1: 'Purge RX', 2: 'Purge TX', 3: 'Purge RX/TX' } }),
  'telnet.invalid_subcommand': expert('warning', 'protocol', 'Invalid subcommand'),
  'telnet.invalid_baud_rate': expert('warning', 'protocol', 'Invalid Baud Rate'),
  'telnet.suboption_length.invalid': expert('warning', 'protocol', 'Bogus suboption data'),
  'telnet.enc.cmd.unknown': expert('warning', 'protocol', 'Unknown encryption command'),
  '_ws.string.trailing_stray_characters': expert('warning', 'undecoded', 'Trailing stray characters'),
} as const

/** Field numbers of Telnet by name. */
export type TelnetFields = FieldIds<typeof TELNET_FIELDS>
