// How often the client had to wait for the server before it could send its data: each time that it had spoken, and went on only after an answer.
import type { TlsPhase } from './connection-facts'

/** One wait: from the client's last message to the server's first answer, as frames. */
export interface RoundTrip {
  readonly kind: 'tcp' | 'tls'
  readonly from: number
  readonly to: number
}

/** Waits of a connection's first handshake; frames are 0 where they were not captured. `data` is the client's first application data. */
export function tlsRoundTrips(phases: readonly TlsPhase[], syn: number, synAck: number, data: number): RoundTrip[] {
  const trips: RoundTrip[] = syn > 0 && synAck > 0 ? [{ kind: 'tcp', from: syn, to: synAck }] : [],
    second = phases.findIndex(({ name, from }, index) => name === 'ClientHello' && from === 'client' && hasFinished(phases, index))
  let asked = 0,
    answered = 0
  const note = (): void => {
    if (asked > 0 && answered > 0) trips.push({ kind: 'tls', from: asked, to: answered })
    asked = answered = 0
  }
  for (const [index, { name, from, frame }] of phases.slice(0, second < 0 ? undefined : second).entries()) {
    // what comes after both have finished, nobody waits for
    if ((data > 0 && frame > data) || hasFinished(phases, index)) break
    if (name === 'ApplicationData') continue
    if (from === 'client') {
      if (answered > 0) note()
      asked = frame
    } else if (asked > 0 && answered === 0) answered = frame
  }
  // what came last was waited for unless the client's data was already under way
  if (data === 0 || answered < data) note()
  return trips
}

function hasFinished(phases: readonly TlsPhase[], before: number): boolean {
  const seen = phases.slice(0, before)
  return (['client', 'server'] as const).every((side) => seen.some(({ name, from }) => name === 'Finished' && from === side))
}
