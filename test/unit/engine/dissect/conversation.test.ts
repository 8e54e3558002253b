// Numbering of conversations, and addresses as numbers.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Core } from '../../../../src/engine/core/core'
import { AddressTable } from '../../../../src/engine/dissect/address-table'
import { StreamTable } from '../../../../src/engine/dissect/conversation'

test('equal addresses have one number, different ones have different numbers, and the text comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { minLength: 1, maxLength: 400 }), (values) => {
      const table = new AddressTable(new Core()),
        numbers = values.map((value) => table.ipv4(value))
      expect(new Set(numbers).size).toBe(new Set(values).size)
      values.forEach((value, i) => {
        expect(table.ipv4(value)).toBe(numbers[i])
        expect(table.text(numbers[i]!)).toBe([24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.'))
      })
    }),
    { numRuns: 50 },
  )
})

test('kinds of addresses do not mix', () => {
  const table = new AddressTable(new Core())
  expect(new Set([table.ipv4(1), table.ether(0, 1), table.ipv6(0, 0, 0, 1), table.ipv6(1, 0, 0, 0)]).size).toBe(4)
  expect([table.text(table.ether(0x0102, 0x03040506)), table.text(table.ipv6(0x20010db8, 0, 0, 1)), table.text(0)]).toEqual([
    '01:02:03:04:05:06',
    '2001:db8::1',
    '',
  ])
})

test('a conversation is one whichever side speaks, is numbered in order of appearance, and its latest stream is found', () => {
  const table = new StreamTable(new Core(), 'tcp'),
    ends = Array.from({ length: 500 }, (_, i) => [1 + (i % 7), 1000 + i, 9 + (i % 5), 80] as const)
  ends.forEach(([source, sourcePort, destination, destinationPort], i) =>
    expect(table.create(source, sourcePort, destination, destinationPort, i + 1)).toBe(i),
  )
  ends.forEach(([source, sourcePort, destination, destinationPort], i) => {
    expect(table.find(source, sourcePort, destination, destinationPort)).toBe(i)
    expect(table.find(destination, destinationPort, source, sourcePort)).toBe(i)
    expect([table.direction(i, source, sourcePort), table.direction(i, destination, destinationPort)]).toEqual([0, 1])
  })
  expect(table.find(1, 1000, 9, 81)).toBe(-1)
  expect(table.create(9, 80, 1, 1000, 501)).toBe(500)
  expect(table.find(1, 1000, 9, 80)).toBe(500)
})
