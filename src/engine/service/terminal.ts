// What the terminal host uses of the engine beside EngineService: it drives one trace packet by packet, in process, without the RPC.
export { fieldText, rowText } from '../dissect/format'
export { allFields, allProtocols, fieldById, fieldByName } from '../dissect/registry'
export type { Decoder } from '../dissect/decoder'
export type { Inflate } from '../dissect/session'
export { Trace } from '../index/trace'
export { memorySource } from '../bytes/byte-source'
