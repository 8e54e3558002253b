// Everything a protocol file imports to declare itself.
export { defineProtocol } from './registry'
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
  u48,
  u56,
  u64,
  u8,
} from './field'
export type { FieldId } from './field'
export { ONE_MORE_SEGMENT, UNTIL_FIN } from './decoder'
export type { Decoder } from './decoder'
export { setAddress } from './packet'
export { conversationOf, enterConversation, rememberProtocol, rememberedProtocol } from './conversation'
export { tcpPdus } from './tcp-pdus'
export { defineState } from './session'
