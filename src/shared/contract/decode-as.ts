// Decode As: which protocol reads what a port, an ethertype or another key names, instead of the usual one.
import { z } from 'zod'
import { CaptureId, PacketNumber } from './schemas'

/** One rule: in a dispatch table, by Wireshark's name ('tcp.port'), a key is read as a protocol, by its filter name. */
export const DecodeAsRule = z.object({
  table: z.string().max(100),
  key: z.number().int().min(0).max(0xffff_ffff),
  protocol: z.string().max(100),
})
export type DecodeAsRule = z.infer<typeof DecodeAsRule>

/** The part of the settings document that the engine reads. */
export const DecodeAsSettings = z.object({ decodeAs: z.array(DecodeAsRule).max(1000) })

/** Methods about Decode As; the rules themselves are settings. */
export const DECODE_AS_METHODS = {
  /** Tables and protocols to choose from, and the rules that a packet suggests: its keys with the protocols that read them now ('' = none). */
  'decodeAs.options': {
    params: z.object({ packet: z.object({ captureId: CaptureId, number: PacketNumber }).nullable() }),
    result: z.object({
      tables: z.array(z.object({ name: z.string(), label: z.string(), largest: z.number() })),
      protocols: z.array(z.object({ name: z.string(), short: z.string(), title: z.string() })),
      suggested: z.array(DecodeAsRule),
    }),
  },
} as const
