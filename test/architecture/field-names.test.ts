// Every field's name is a display-filter name: it is the key of the table, of filters, of `-T fields` and of translations.
import { expect, test } from 'vitest'
import { allFields } from '../../src/engine/dissect/registry'
import '../../src/engine/protocols/all'

const NAME = /^[a-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/

test('every registered field has the form of a display-filter name', () => {
  const names = allFields().map((field) => field.name)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !NAME.test(name))).toEqual([])
})
