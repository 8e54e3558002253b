// Everything a protocol file imports to declare itself.
export { defineProtocol, numberFields } from './registry'
export type { Protocol } from './registry'
export {
  absoluteTime,
  bool,
  bytes,
  char,
  double,
  ether,
  eui64,
  expert,
  float,
  framenum,
  guid,
  i16,
  i24,
  i32,
  i64,
  i8,
  ipv4,
  ipv6,
  none,
  oid,
  relativeTime,
  string,
  subprotocol,
  u16,
  u24,
  u32,
  u40,
  u56,
  u64,
  u8,
} from './field'
export type { FieldId } from './field'
export { ONE_MORE_SEGMENT, UNTIL_FIN } from './decoder'
export type { Decoder } from './decoder'
export { setAddress } from './packet'
export {
  announceConversation,
  announcementOf,
  conversationOf,
  enterConversation,
  rememberProtocol,
  rememberedProtocol,
} from './conversation'
export type { Announcement } from './conversation'
export { defineProgress, progressOf } from './progress'
export type { Progress } from './progress'
export { tcpPdus } from './tcp-pdus'
export { defineState } from './session'
export {
  BER_APPLICATION,
  BER_BIT_STRING,
  BER_BMP_STRING,
  BER_BOOLEAN,
  BER_CONTEXT,
  BER_ENUMERATED,
  BER_GENERALIZED_TIME,
  BER_IA5_STRING,
  BER_INTEGER,
  BER_NULL,
  BER_NUMERIC_STRING,
  BER_OCTET_STRING,
  BER_OID,
  BER_PRINTABLE_STRING,
  BER_PRIVATE,
  BER_SEQUENCE,
  BER_SET,
  BER_TELETEX_STRING,
  BER_UNIVERSAL,
  BER_UNIVERSAL_STRING,
  BER_UTC_TIME,
  BER_UTF8_STRING,
  BER_VISIBLE_STRING,
  berEach,
  berElement,
  berInteger,
  berIs,
  peekBerElement,
} from './ber'
export type { BerElement } from './ber'
