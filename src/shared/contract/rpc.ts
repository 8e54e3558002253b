// Messages of the one RPC protocol. The same JSON text travels over a MessagePort (desktop), a WebSocket (browser) and in process (tests).
import { z } from 'zod'
import { Problem } from './schemas'

/** From the interface to the engine. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.number().int().nonnegative(), method: z.string().max(100), params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.number().int().nonnegative() }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** From the engine to the interface. A cancelled call is answered with code 'rpc/cancelled'. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.number(), result: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number(), error: Problem }),
  z.object({
    type: z.literal('progress'),
    id: z.number(),
    progress: z.object({ done: z.number(), total: z.number(), matched: z.number().optional() }),
  }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/** A two-way channel of structured messages; each transport is one small adapter. */
export interface Channel<Out, In> {
  send(message: Out): void
  /** Called for every message that arrives; set once. */
  onMessage(handler: (message: In) => void): void
  onClose(handler: () => void): void
  close(): void
}
