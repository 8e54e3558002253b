// Bodies of 802.11 action frames (IEEE 802.11-2020, 9.6): the fields that other management frames have as well, and where elements follow.
// Not covered: whatever else a category has; it shows as nothing, as the frame is known.
import type { Decoder } from '../../../dissect/define'
import type { FieldIds } from '../../../dissect/registry'
import { capabilities, elements } from './wlan-management'
import type { managementFields } from './wlan-management'

type Ids = FieldIds<typeof managementFields>

/** Table 9-51. */
const SPECTRUM_MANAGEMENT = 0,
  BLOCK_ACK = 3,
  RADIO_MEASUREMENT = 5,
  TDLS = 12

/** What stands in front of the elements: s = status code, r = reason code, c = capabilities, a digit = that many octets that are not read. */
const SHAPES: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  [SPECTRUM_MANAGEMENT]: { 0: '1', 1: '1', 2: '1', 3: '1', 4: '' },
  [BLOCK_ACK]: { 0: '7', 1: '1s4', 2: '2r' },
  [RADIO_MEASUREMENT]: { 0: '3', 1: '1', 4: '1', 5: '1' },
  [TDLS]: { 0: '1c', 1: 's1c', 2: 's1', 3: 'r', 4: '1', 5: '1', 6: '3', 7: 's1', 8: '1', 9: '1', 10: '1' },
}

/** Reads an action frame's body from its category on. */
export function action(d: Decoder, f: Ids): void {
  const shape = SHAPES[d.peek8()]?.[d.peek8(d.at + 1)]
  d.skip(2)
  if (shape === undefined) {
    d.at = d.end
    return
  }
  for (const part of shape) {
    if (part === 's') d.u16le(f['wlan.fixed.status_code'])
    else if (part === 'r') d.u16le(f['wlan.fixed.reason_code'])
    else if (part === 'c') capabilities(d, f)
    else d.skip(Number(part))
  }
  elements(d, f)
}
