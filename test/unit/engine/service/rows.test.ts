import { describe, expect, it } from 'vitest'
import type { ColumnContent, Params, TimeFormat } from '../../../../src/shared/contract'
import { startEngine, type EngineHarness } from '../../../support/engine-harness'
import { arpRequest, pcapFile, udpDatagram } from '../../../support/pcap-builder'

const DAY = Date.UTC(2024, 1, 29, 23, 59, 58) / 1000
const file = pcapFile(
  [
    { bytes: arpRequest(1, 2), seconds: DAY, fraction: 999_999_999 },
    { bytes: udpDatagram(10, 2, 9999, new TextEncoder().encode('GET')), seconds: DAY + 2, fraction: 1 },
    { bytes: udpDatagram(9, 2, 9999, new Uint8Array(40)), seconds: DAY + 2, fraction: 0 },
    { bytes: arpRequest(3, 4), seconds: DAY + 70, fraction: 123_456_789 },
  ],
  { nanoseconds: true },
)
const RELATIVE: TimeFormat = { kind: 'relative', precision: 'auto' }

async function opened(): Promise<{
  engine: EngineHarness
  captureId: number
  cells: (columns: ColumnContent[], time?: TimeFormat) => Promise<string[][]>
}> {
  const engine = startEngine()
  engine.files.set('/x/a.pcap', file)
  const { captureId } = await engine.open('/x/a.pcap')
  return {
    engine,
    captureId,
    cells: async (columns, time = RELATIVE) => {
      const { rows } = await engine.client.call('rows.get', {
        captureId,
        first: 0,
        count: 100,
        columns,
        time,
        resolveNames: false,
        colorize: false,
      })
      return rows.map((row) => row.cells)
    },
  }
}

describe('rows of the list', () => {
  it('hold the cells of the columns that were asked for', async () => {
    const { cells } = await opened()
    expect(
      await cells([
        'number',
        'source',
        'destination',
        'length',
        'source-port',
        'destination-port',
        'cumulative-bytes',
        'interface',
        'comment',
        'field:udp.dstport',
      ]),
    ).toEqual([
      ['1', '02:00:00:00:00:01', 'ff:ff:ff:ff:ff:ff', '42', '', '', '42', '0', '', ''],
      ['2', '10.0.0.10', '10.0.0.2', '45', '1000', '9999', '87', '0', '', '9999'],
      ['3', '10.0.0.9', '10.0.0.2', '82', '1000', '9999', '169', '0', '', '9999'],
      ['4', '02:00:00:00:00:03', 'ff:ff:ff:ff:ff:ff', '42', '', '', '211', '0', '', ''],
    ])
  })

  it('come from any place of the list, never more than there are', async () => {
    const { engine, captureId } = await opened()
    const get = (first: number, count: number): Promise<unknown> =>
      engine.client
        .call('rows.get', { captureId, first, count, columns: ['number'], time: RELATIVE, resolveNames: false, colorize: false })
        .then(({ rows }) => rows.map((row) => row.number))
    expect(await Promise.all([get(2, 1), get(3, 500), get(4, 5), get(1_000_000, 5), get(0, 0)])).toEqual([[3], [4], [], [], []])
  })

  it('say what class a packet is of', async () => {
    const { engine, captureId } = await opened()
    const { rows, rowCount } = await engine.client.call('rows.get', {
      captureId,
      first: 0,
      count: 4,
      columns: [],
      time: RELATIVE,
      resolveNames: false,
      colorize: true,
    })
    expect(rows.map(({ protocolClass, colorRule }) => [protocolClass, colorRule])).toEqual([
      ['arp', -1],
      ['udp', -1],
      ['udp', -1],
      ['arp', -1],
    ])
    expect(rowCount).toBe(4)
  })

  it('are coloured by the first rule that matches, and rules that are off or wrong colour nothing', async () => {
    const { engine, captureId } = await opened()
    const rule = (filter: string, enabled = true) => ({ name: filter, filter, foreground: '#000000', background: '#ffffff', enabled })
    const answer = await engine.client.call('colors.set', {
      profile: 'custom',
      rules: [rule('arp', false), rule('no.such.field'), rule('udp'), rule('eth')],
    })
    expect(answer.problems).toMatchObject([{ rule: 1 }])
    const { rows } = await engine.client.call('rows.get', {
      captureId,
      first: 0,
      count: 4,
      columns: [],
      time: RELATIVE,
      resolveNames: false,
      colorize: true,
    })
    expect(rows.map((row) => row.colorRule)).toEqual([3, 2, 2, 3])
    expect(engine.documents.get('colorfilters')).toContain('!@arp@arp@')
  })
})

describe('the time column', () => {
  const texts = async (kind: TimeFormat['kind'], precision: TimeFormat['precision'] = 'auto', zoneMinutes = 0): Promise<string[]> => {
    const { engine, cells } = await opened()
    engine.zoneMinutes = zoneMinutes
    return (await cells(['time'], { kind, precision })).flat()
  }

  it('is exact to the nanosecond', async () => {
    expect(await texts('relative')).toEqual(['0.000000000', '1.000000002', '1.000000001', '69.123456790'])
    expect(await texts('epoch')).toEqual(['1709251198.999999999', '1709251200.000000001', '1709251200.000000000', '1709251268.123456789'])
    expect(await texts('delta')).toEqual(['0.000000000', '1.000000002', '-0.000000001', '68.123456789'])
  })

  it('has the digits that the file or the user says', async () => {
    expect(await texts('relative', 3)).toEqual(['0.000', '1.000', '1.000', '69.123'])
    expect(await texts('epoch', 0)).toEqual(['1709251198', '1709251200', '1709251200', '1709251268'])
  })

  it('shows dates in UTC and in the zone of the user', async () => {
    expect(await texts('utc-date', 0)).toEqual(['2024-02-29 23:59:58', '2024-03-01 00:00:00', '2024-03-01 00:00:00', '2024-03-01 00:01:08'])
    expect(await texts('absolute-date', 0, 330)).toEqual([
      '2024-03-01 05:29:58',
      '2024-03-01 05:30:00',
      '2024-03-01 05:30:00',
      '2024-03-01 05:31:08',
    ])
    expect(await texts('utc', 6)).toEqual(['23:59:58.999999', '00:00:00.000000', '00:00:00.000000', '00:01:08.123456'])
    expect(await texts('absolute', 0, -60)).toEqual(['22:59:58', '23:00:00', '23:00:00', '23:01:08'])
  })

  it('counts from the last time reference', async () => {
    const { engine, captureId, cells } = await opened()
    await engine.client.call('packet.timeReference', { captureId, number: 2, on: true })
    expect((await cells(['time'], { kind: 'relative', precision: 9 })).flat()).toEqual([
      '0.000000000',
      '*REF*',
      '-0.000000001',
      '68.123456788',
    ])
    await engine.client.call('packet.timeReference', { captureId, number: 2, on: false })
    expect((await cells(['time'], { kind: 'relative', precision: 0 })).flat()).toEqual(['0', '1', '1', '69'])
  })

  it('counts from the packet displayed before', async () => {
    const { engine, captureId, cells } = await opened()
    await engine.client.call('filter.apply', { captureId, text: 'arp' })
    expect(await cells(['time-delta-displayed', 'time-delta'], { kind: 'utc', precision: 3 })).toEqual([
      ['0.000', '0.000'],
      ['69.123', '68.123'],
    ])
  })
})

describe('sorting', () => {
  it('goes by value where values are numbers, and by address as a person reads it', async () => {
    const { engine, captureId, cells } = await opened()
    const sorted = async (column: ColumnContent, descending: boolean): Promise<string[]> => {
      expect(await engine.client.call('rows.sort', { captureId, column, descending })).toEqual({ rowCount: 4 })
      return (await cells(['number'])).flat()
    }
    expect(await sorted('length', false)).toEqual(['1', '4', '2', '3'])
    expect(await sorted('length', true)).toEqual(['3', '2', '1', '4'])
    expect(await sorted('time', false)).toEqual(['1', '3', '2', '4'])
    expect(await sorted('source', false)).toEqual(['1', '4', '3', '2'])
    expect(await sorted('field:udp.length', false)).toEqual(['1', '4', '2', '3'])
    expect(await engine.client.call('rows.find', { captureId, number: 3 })).toEqual({ row: 3, exact: true })
    await engine.client.call('rows.sort', { captureId, column: null, descending: false })
    expect((await cells(['number'])).flat()).toEqual(['1', '2', '3', '4'])
  })

  it('keeps the filter, and the filter ends the order', async () => {
    const { engine, captureId, cells } = await opened()
    await engine.client.call('filter.apply', { captureId, text: 'udp' })
    await engine.client.call('rows.sort', { captureId, column: 'length', descending: true })
    expect((await cells(['number'])).flat()).toEqual(['3', '2'])
    await engine.client.call('rows.sort', { captureId, column: null, descending: true })
    expect((await cells(['number'])).flat()).toEqual(['2', '3'])
    await engine.client.call('rows.sort', { captureId, column: 'length', descending: true })
    await engine.client.call('filter.apply', { captureId, text: '' })
    expect((await cells(['number'])).flat()).toEqual(['1', '2', '3', '4'])
  })
})

describe('a display filter', () => {
  it('shows the packets that pass, and a packet that is hidden leads to the next one shown', async () => {
    const { engine, captureId } = await opened()
    const { shown, info } = await engine.client.call('filter.apply', { captureId, text: ' udp ' })
    expect([shown, info.filter, info.shown, info.packets]).toEqual([2, 'udp', 2, 4])
    const find = (number: number): Promise<unknown> => engine.client.call('rows.find', { captureId, number })
    expect(await Promise.all([find(1), find(2), find(3), find(4)])).toEqual([
      { row: 0, exact: false },
      { row: 0, exact: true },
      { row: 1, exact: true },
      { row: 1, exact: false },
    ])
  })

  it('that is wrong leaves the list as it was and says what is wrong', async () => {
    const { engine, captureId } = await opened()
    await engine.client.call('filter.apply', { captureId, text: 'udp' })
    await expect(engine.client.call('filter.apply', { captureId, text: 'no.such.field' })).rejects.toMatchObject({
      code: 'filter/unknown-field',
      where: { start: 0 },
    })
    expect(await engine.client.call('capture.info', { captureId })).toMatchObject({ filter: 'udp', shown: 2 })
  })

  it('that passes nothing shows an empty list', async () => {
    const { engine, captureId } = await opened()
    expect((await engine.client.call('filter.apply', { captureId, text: '_ws.malformed' })).shown).toBe(0)
    const { rows } = await engine.client.call('rows.get', {
      captureId,
      first: 0,
      count: 9,
      columns: [],
      time: RELATIVE,
      resolveNames: false,
      colorize: false,
    })
    expect(rows).toEqual([])
  })

  it('can be cancelled while it runs, and the one before stays', async () => {
    const engine = startEngine()
    engine.files.set(
      '/x/many.pcap',
      pcapFile(
        Array.from({ length: 60_000 }, (_unused, index) => ({
          bytes: udpDatagram(index % 250, 1, 9, new Uint8Array(200)),
          seconds: index,
        })),
      ),
    )
    const { captureId } = await engine.open('/x/many.pcap')
    // has to dissect every packet, which takes more than one slice
    const slow = 'udp contains "needle"'
    const controller = new AbortController()
    const call = engine.client.call(
      'filter.apply',
      { captureId, text: slow },
      {
        signal: controller.signal,
        onProgress: () => {
          controller.abort()
        },
      },
    )
    await expect(call).rejects.toMatchObject({ code: 'rpc/cancelled' })
    expect(await engine.client.call('capture.info', { captureId })).toMatchObject({ filter: '', shown: 60_000 })
    const first = engine.client.call('filter.apply', { captureId, text: slow })
    const second = engine.client.call('filter.apply', { captureId, text: 'udp' })
    await expect(first).rejects.toMatchObject({ code: 'rpc/cancelled' })
    expect((await second).shown).toBe(60_000)
  })

  it('is completed from the table of fields', async () => {
    const { engine, captureId } = await opened()
    const { items, start, end } = await engine.client.call('filter.complete', { captureId, text: 'arp && udp.dstp == 1', cursor: 14 })
    expect([start, end, items[0]]).toMatchObject([7, 15, { text: 'udp.dstport', kind: 'field' }])
    expect((await engine.client.call('filter.complete', { captureId: null, text: 'udp', cursor: 3 })).items[0]).toMatchObject({
      text: 'udp',
      kind: 'protocol',
    })
    const { fields } = await engine.client.call('fields.search', { captureId: null, text: 'udp', limit: 3 })
    expect(fields.map((field) => field.name)[0]).toBe('udp')
    expect(fields).toHaveLength(3)
  })
})

describe('rows as text', () => {
  const request = (captureId: number, format: 'text' | 'csv' | 'yaml'): Params<'rows.text'> => ({
    captureId,
    numbers: [1, 2, 99],
    columns: ['number', 'source', 'length'],
    titles: ['No.', 'Source', 'Length'],
    time: RELATIVE,
    resolveNames: false,
    format,
  })

  it('is a table, CSV or YAML', async () => {
    const { engine, captureId } = await opened()
    expect((await engine.client.call('rows.text', request(captureId, 'text'))).text).toBe(
      'No.  Source             Length\n  1  02:00:00:00:00:01      42\n  2  10.0.0.10              45\n',
    )
    expect((await engine.client.call('rows.text', request(captureId, 'csv'))).text).toBe(
      '"No.","Source","Length"\r\n"1","02:00:00:00:00:01","42"\r\n"2","10.0.0.10","45"\r\n',
    )
    expect((await engine.client.call('rows.text', request(captureId, 'yaml'))).text).toBe(
      '- "No.": "1"\n  "Source": "02:00:00:00:00:01"\n  "Length": "42"\n- "No.": "2"\n  "Source": "10.0.0.10"\n  "Length": "45"\n',
    )
  })
})

describe('sorting many rows', () => {
  it('is right beyond the size of one piece, and equal rows stay in file order', async () => {
    const engine = startEngine()
    const lengths = Array.from({ length: 10_000 }, (_unused, index) => (index * 7919) % 97)
    engine.files.set('/x/many.pcap', pcapFile(lengths.map((length) => ({ bytes: udpDatagram(1, 2, 9, new Uint8Array(length)) }))))
    const { captureId } = await engine.open('/x/many.pcap')
    await engine.client.call('rows.sort', { captureId, column: 'length', descending: true })
    const sorted: number[] = []
    for (let first = 0; first < lengths.length; first += 500) {
      const { rows } = await engine.client.call('rows.get', {
        captureId,
        first,
        count: 500,
        columns: [],
        time: RELATIVE,
        resolveNames: false,
        colorize: false,
      })
      sorted.push(...rows.map((row) => row.number))
    }
    const expected = lengths.map((_length, index) => index + 1).sort((a, b) => (lengths[b - 1] ?? 0) - (lengths[a - 1] ?? 0) || a - b)
    expect(sorted).toEqual(expected)
  })
})

describe('a filter about the selected packet', () => {
  it('takes values from it', async () => {
    const { engine, captureId } = await opened()
    expect((await engine.client.call('filter.apply', { captureId, text: 'ip.src == ${ip.src}', reference: 3 })).shown).toBe(1)
    expect((await engine.client.call('filter.apply', { captureId, text: 'ip.dst == ${ip.dst}', reference: 3 })).shown).toBe(2)
    expect((await engine.client.call('filter.apply', { captureId, text: 'ip.dst == ${ip.dst}' })).shown).toBe(0)
  })

  it('is completed with values that occur in the capture', async () => {
    const { engine, captureId } = await opened()
    const { items } = await engine.client.call('filter.complete', { captureId, text: 'ip.src == ', cursor: 10 })
    expect(items.map((item) => item.text)).toEqual(expect.arrayContaining(['10.0.0.9', '10.0.0.10']))
  })
})

describe('a filter about problems', () => {
  it('finds them in packets of any protocol', async () => {
    const engine = startEngine()
    engine.files.set(
      '/x/cut.pcap',
      pcapFile([
        { bytes: arpRequest(1, 2).subarray(0, 25) },
        { bytes: arpRequest(1, 2) },
        { bytes: arpRequest(1, 2).subarray(0, 30), originalLength: 42 },
      ]),
    )
    const { captureId } = await engine.open('/x/cut.pcap')
    expect((await engine.client.call('filter.apply', { captureId, text: '_ws.malformed' })).shown).toBe(1)
    expect((await engine.client.call('filter.apply', { captureId, text: '_ws.short' })).shown).toBe(1)
    expect((await engine.client.call('filter.apply', { captureId, text: 'frame.number > 1' })).shown).toBe(2)
  })
})
