// Random values that a zod schema accepts, from the schema itself; so a method that is added to the contract is fuzzed without further work.
import fc, { type Arbitrary } from 'fast-check'
import type { z } from 'zod'

interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly items?: readonly z.ZodType[]
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly unknown[]
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
}

/** Texts that programs like to stumble over, and some that mean something to this one. */
const TEXT = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    '',
    'tcp',
    'udp.port == 53',
    'arp',
    'frame.number',
    'ip.addr == 10.0.0.1',
    '1-3',
    '2-',
    '/x/a.pcap',
    '-',
    '../../etc/passwd',
    '__proto__',
    '\u202e',
    '\0',
    '('.repeat(50),
  ),
)

/** An arbitrary for a schema. Values that the schema's finer checks refuse are left out. */
export function arbitraryOf(schema: z.ZodType): Arbitrary<unknown> {
  return rough(schema).filter((value) => schema.safeParse(value).success)
}

function rough(schema: z.ZodType): Arbitrary<unknown> {
  const definition = schema.def as unknown as Definition
  switch (definition.type) {
    case 'object': {
      const entries = Object.entries(definition.shape ?? {})
      const required = entries.filter(([, member]) => member.def.type !== 'optional').map(([name]) => name)
      return fc.record(Object.fromEntries(entries.map(([name, member]) => [name, arbitraryOf(member)])), { requiredKeys: required })
    }
    case 'array':
      return definition.element === undefined ? fc.constant([]) : fc.array(arbitraryOf(definition.element), { maxLength: 5 })
    case 'tuple':
      return fc.tuple(...(definition.items ?? []).map(arbitraryOf))
    case 'string':
      return fc.oneof(TEXT, fc.constantFrom('#00ff99', 'field:ip.src', 'field:tcp.flags', 'field:no.such'))
    case 'number':
      return fc.oneof(fc.nat(6), fc.nat(600), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeNat(), fc.constant(-1))
    case 'boolean':
      return fc.boolean()
    case 'literal':
      return fc.constantFrom(...(definition.values ?? []))
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries ?? {}))
    case 'union':
      return fc.oneof(...(definition.options ?? []).map(arbitraryOf))
    case 'nullable':
      return fc.oneof(fc.constant(null), inner(definition))
    case 'optional':
    case 'readonly':
      return inner(definition)
    case 'record':
      return fc.dictionary(TEXT, fc.jsonValue(), { maxKeys: 4 })
    case 'unknown':
      return fc.jsonValue()
    default:
      throw new RangeError(`no arbitrary for ${definition.type}: add it`)
  }
}

function inner(definition: Definition): Arbitrary<unknown> {
  return definition.innerType === undefined ? fc.constant(undefined) : arbitraryOf(definition.innerType)
}
