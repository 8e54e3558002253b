import { describe, expect, it, vi } from 'vitest'
import { asCaptureFilter, remoteCommand } from '../../../../src/renderer/model/capture-filter'
import { ListScroller } from '../../../../src/renderer/model/list-scroller'
import { isLively } from '../../../../src/renderer/model/live-capture'
import { DEFAULT_LIVE, liveRequest, parseLiveSettings } from '../../../../src/renderer/model/live-settings'
import { LiveRequest } from '../../../../src/shared/contract'

describe('choices for a capture', () => {
  it('are read tolerantly', () => {
    expect(parseLiveSettings('nonsense')).toEqual(DEFAULT_LIVE)
    expect(parseLiveSettings({ interfaces: ['lo', 7], snapLength: -1, bufferMiB: 0, ring: { on: true, files: 'x' } })).toEqual({
      ...DEFAULT_LIVE,
      interfaces: ['lo'],
      bufferMiB: 1,
      ring: { ...DEFAULT_LIVE.ring, on: true },
    })
  })

  it('become a request that the engine takes: 0 is no limit, a ring needs a file, a pipe has no filter', () => {
    const choices = {
      ...DEFAULT_LIVE,
      interfaces: ['eth0', 'lo'],
      filter: ' tcp ',
      stop: { packets: 5, megabytes: 2, files: 3, seconds: 0 },
    }
    const request = liveRequest({ ...choices, ring: { ...DEFAULT_LIVE.ring, on: true } }, false)
    expect(LiveRequest.parse(request)).toMatchObject({
      interfaces: [{ name: 'eth0', filter: 'tcp', snapLength: 262_144 }, { name: 'lo' }],
      path: '',
      stop: { packets: 5, bytes: 2_000_000 },
    })
    expect(request.ring).toBeUndefined()
    expect(request.stop.files).toBeUndefined()
    const ring = liveRequest({ ...choices, path: '/x/r.pcapng', ring: { ...DEFAULT_LIVE.ring, on: true } }, true)
    expect(LiveRequest.parse(ring)).toMatchObject({ ring: { bytes: 16_000_000, files: 4 }, stop: { files: 3 }, overwrite: true })
    expect(liveRequest({ ...choices, interfaces: ['/tmp/fifo'] }, false).interfaces[0]?.filter).toBe('')
  })

  it('show what can carry something', () => {
    const one = { name: 'eth0', description: '', addresses: [], loopback: false, wireless: false, up: true, connected: true }
    expect(isLively({ ...one, addresses: ['10.0.0.1'] }, false)).toBe(true)
    expect(isLively(one, true)).toBe(true)
    expect(isLively({ ...one, connected: false }, true)).toBe(false)
    expect(isLively({ ...one, name: 'any' }, false)).toBe(false)
    expect(isLively({ ...one, addresses: ['10.0.0.1'], up: false }, true)).toBe(false)
  })
})

describe('capture filters', () => {
  it.each([
    ['tcp.port == 443', 'tcp port 443'],
    ['host 10.0.0.1 and tcp.port 443', 'host 10.0.0.1 and tcp port 443'],
    ['ip.addr==10.0.0.1 and udp.dstport eq 53', 'host 10.0.0.1 and udp dst port 53'],
    ['eth.src == 00:11:22:33:44:55', 'ether src 00:11:22:33:44:55'],
    ['http.request.method == "GET"', null],
  ])('say %s in their own language', (text, filter) => {
    expect(asCaptureFilter(text)?.filter).toBe(filter)
  })

  it('are left alone where they speak of no field', () => {
    expect(asCaptureFilter('tcp port 443 and host example.com')).toBeNull()
  })

  it('go to another machine without catching their own connection, and cannot leave their quotes', () => {
    expect(remoteCommand({ target: 'ada@lab', interface: 'eth1', filter: 'udp port 53' })).toBe(
      `ssh ada@lab 'tcpdump -i eth1 -s 0 -U -w - "not port 22 and (udp port 53)"'`,
    )
    expect(remoteCommand({ target: 'a; rm -rf ~', interface: '$(id)', filter: '`id`' })).toBe(
      `ssh 'a; rm -rf ~' 'tcpdump -i '\\''$(id)'\\'' -s 0 -U -w - '\\''not port 22 and (\`id\`)'\\'''`,
    )
  })
})

describe('a list that grows at its end', () => {
  const grown = (): { scroller: ListScroller; view: { scrollTop: number } } => {
    const scroller = new ListScroller()
    const view = { scrollTop: 0 }
    scroller.attach(view)
    scroller.grow(true)
    scroller.resize(100, 20, 400)
    scroller.follow(true)
    return { scroller, view }
  }

  it('keeps its end on screen until somebody scrolls back, and again from the end on', () => {
    const { scroller, view } = grown()
    scroller.resize(200, 20, 400)
    expect(scroller.top).toBe(200 * 20 - 400)
    view.scrollTop -= 60
    scroller.scrolled()
    expect(scroller.following.get()).toBe(false)
    const held = scroller.top
    scroller.resize(300, 20, 400)
    expect(scroller.top).toBe(held)
    scroller.scrollTo(300 * 20)
    expect(scroller.following.get()).toBe(true)
    scroller.resize(400, 20, 400)
    expect(scroller.top).toBe(400 * 20 - 400)
  })

  it('shows its last rows after it has ended, and follows no more then', () => {
    vi.useFakeTimers()
    const { scroller } = grown()
    scroller.grow(false)
    scroller.resize(150, 20, 400)
    expect(scroller.top).toBe(150 * 20 - 400)
    vi.advanceTimersByTime(1000)
    scroller.resize(200, 20, 400)
    expect(scroller.top).toBe(150 * 20 - 400)
    scroller.scrollTo(200 * 20)
    expect(scroller.following.get()).toBe(false)
    vi.useRealTimers()
  })
})
