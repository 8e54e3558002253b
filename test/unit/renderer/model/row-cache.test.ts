import { describe, expect, it } from 'vitest'
import { BLOCK_ROWS, CACHE_BLOCKS, RowCache, type FetchRows } from '../../../../src/renderer/model/row-cache'

interface Request {
  readonly first: number
  readonly signal: AbortSignal
  answer(rowCount: number, mark?: string): Promise<void>
  fail(error: Error): Promise<void>
}

/** A cache whose requests are answered by hand. */
function setUp(rowCount: number): { cache: RowCache<string>; requests: Request[]; errors: unknown[] } {
  const requests: Request[] = []
  const errors: unknown[] = []
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
  const fetchRows: FetchRows<string> = (first, count, signal) =>
    new Promise((resolve, reject) => {
      requests.push({
        first,
        signal,
        answer: (total, mark = '') => {
          const rows = Array.from({ length: Math.max(0, Math.min(count, total - first)) }, (_, index) => `${mark}${String(first + index)}`)
          resolve({ rowCount: total, rows })
          return settled()
        },
        fail: (error) => {
          reject(error)
          return settled()
        },
      })
    })
  const cache = new RowCache<string>(fetchRows, (error) => errors.push(error))
  cache.setRowCount(rowCount)
  return { cache, requests, errors }
}

describe('RowCache', () => {
  it('fetches the block in view first, then the next one in the direction of movement', async () => {
    const { cache, requests } = setUp(10_000)
    cache.want(5 * BLOCK_ROWS, 5 * BLOCK_ROWS + 30, -1)
    expect(requests.map((request) => request.first)).toEqual([5 * BLOCK_ROWS, 4 * BLOCK_ROWS])
    await requests[0]?.answer(10_000)
    expect(cache.row(5 * BLOCK_ROWS + 3)).toBe(String(5 * BLOCK_ROWS + 3))
    expect(cache.row(9000)).toBeUndefined()
  })

  it('fetches what was in view before the number of rows was known', async () => {
    const { cache, requests } = setUp(0)
    cache.want(0, 30)
    expect(requests).toEqual([])
    cache.setRowCount(37)
    expect(requests.map((request) => request.first)).toEqual([0])
    await requests[0]?.answer(37)
    expect(cache.row(36)).toBe('36')
  })

  it('does not fetch what was passed by while scrolling fast', async () => {
    const { cache, requests } = setUp(1_000_000)
    for (let block = 0; block < 50; block++) cache.want(block * BLOCK_ROWS, block * BLOCK_ROWS + 20, 1)
    expect(requests).toHaveLength(2)
    await requests[0]?.answer(1_000_000)
    await requests[1]?.answer(1_000_000)
    expect(requests.slice(2).map((request) => request.first)).toEqual([49 * BLOCK_ROWS, 50 * BLOCK_ROWS])
  })

  it('shows old rows while new ones are loading', async () => {
    const { cache, requests } = setUp(50)
    cache.want(0, 20)
    await requests[0]?.answer(50, 'old ')
    cache.invalidate()
    expect([cache.row(7), cache.isFresh(7)]).toEqual(['old 7', false])
    await requests[1]?.answer(50, 'new ')
    expect([cache.row(7), cache.isFresh(7)]).toEqual(['new 7', true])
  })

  it('drops an answer that was asked for before the data changed', async () => {
    const { cache, requests } = setUp(50)
    cache.want(0, 20)
    cache.invalidate()
    expect(requests[0]?.signal.aborted).toBe(true)
    await requests[0]?.answer(50, 'late ')
    expect(cache.row(0)).toBeUndefined()
    await requests[1]?.answer(50)
    expect(cache.row(0)).toBe('0')
  })

  it('forgets everything when the list becomes another one', async () => {
    const { cache, requests } = setUp(50)
    cache.want(0, 20)
    await requests[0]?.answer(50)
    cache.reset()
    expect(cache.row(0)).toBeUndefined()
  })

  it('reads the last block again when the list grew, and only then', async () => {
    const { cache, requests } = setUp(10)
    cache.want(0, 9)
    await requests[0]?.answer(10)
    cache.want(0, 9)
    expect(requests).toHaveLength(1)
    cache.setRowCount(30)
    cache.want(0, 20)
    expect([requests.length, cache.row(5)]).toEqual([2, '5'])
    await requests[1]?.answer(30)
    expect(cache.row(29)).toBe('29')
  })

  it('tells its listeners and changes its version when rows arrive', async () => {
    const { cache, requests } = setUp(10)
    let calls = 0
    const off = cache.subscribe(() => calls++)
    const before = cache.getVersion()
    cache.want(0, 9)
    await requests[0]?.answer(10)
    expect([calls, cache.getVersion() === before]).toEqual([1, false])
    off()
  })

  it('reports a failure once and goes on with the other blocks', async () => {
    const { cache, requests, errors } = setUp(1000)
    cache.want(0, BLOCK_ROWS + 10)
    await requests[0]?.fail(new Error('broken'))
    await requests[1]?.answer(1000)
    expect(errors).toHaveLength(1)
    expect(cache.row(BLOCK_ROWS)).toBe(String(BLOCK_ROWS))
  })

  it('keeps a bounded number of blocks, the latest ones', async () => {
    const { cache, requests } = setUp(1_000_000)
    for (let block = 0; block < CACHE_BLOCKS + 20; block += 1) {
      cache.want(block * BLOCK_ROWS, block * BLOCK_ROWS)
      for (const request of requests.splice(0)) await request.answer(1_000_000)
      for (const request of requests.splice(0)) await request.answer(1_000_000)
    }
    expect(cache.row(0)).toBeUndefined()
    expect(cache.row((CACHE_BLOCKS + 19) * BLOCK_ROWS)).toBe(String((CACHE_BLOCKS + 19) * BLOCK_ROWS))
  })
})
