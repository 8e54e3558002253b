// What every output format offers to the loop over the packets.
import type { Decoder } from '../engine/service/terminal'

/** One output format. Everything it prints goes through the Output that it was made with. */
export interface Printer {
  /** It needs the labels of tree rows. */
  readonly labels: boolean
  /** It needs the summary columns. */
  readonly summary: boolean
  /** Before the first packet. */
  begin?(): void
  /** A packet that passed the filters. */
  print(decoder: Decoder): void
  /** After the last packet, also when the file was damaged. */
  end?(): void
}
