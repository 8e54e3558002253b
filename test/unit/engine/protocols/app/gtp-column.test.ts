// What the Protocol column calls a packet inside GTP: as tshark, by both.
import { expect, test } from 'vitest'
import { tcpConnection, udpFrame } from '../../../../support/conversations'
import { dissectAll } from '../../../../support/dissect'

/** A packet in a T-PDU of GTPv1-U. */
const tunnelled = (frame: Uint8Array) => {
  const packet = frame.subarray(14),
    head = Buffer.from('30ff000000000001', 'hex')
  head.writeUInt16BE(packet.length, 2)
  return udpFrame(2152, 2152, Buffer.concat([head, packet]))
}

test('a packet inside GTP is named behind it', () => {
  const [syn = new Uint8Array()] = tcpConnection(1000, 2000, [])
  expect(dissectAll([tunnelled(syn), tunnelled(udpFrame(1000, 9999, Buffer.from([1, 2])))]).map(({ protocol }) => protocol)).toEqual([
    'GTP <TCP>',
    'GTP <UDP>',
  ])
})
