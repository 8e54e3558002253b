// A session that is replayed: where it stands, whether it runs, what the screen shows.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReplayEvent, Result } from '../../../shared/contract'
import { isCancelled } from '../../../shared/rpc/problem'
import { useApp } from '../../app/app-context'
import { TerminalScreen, type Run } from './terminal-screen'

/** What a terminal is taken for whose size was not agreed. */
const USUAL_SIZE = [80, 24] as const
/** Larger sizes are a mistake or an attack. */
const MOST_COLUMNS = 250,
  MOST_ROWS = 100
const TICK_MS = 40
/** Idle time that is left when it is shortened, in seconds. */
const SHORT_IDLE = 1

/** A replay and what can be done with it. */
export interface Replay {
  readonly session: Result<'follow.replay'> | null
  readonly columns: number
  readonly rows: number
  readonly lines: readonly (readonly Run[])[]
  /** Seconds since the first event. */
  readonly time: number
  readonly end: number
  /** Event that was drawn last, or -1. */
  readonly at: number
  readonly playing: boolean
  readonly play: (on: boolean) => void
  readonly seek: (time: number) => void
  readonly step: (by: 1 | -1) => void
}

/** Replays a TCP stream of a capture. */
export function useReplay(captureId: number, stream: number, packets: number, speed: number, shorten: boolean): Replay {
  const app = useApp()
  const [session, setSession] = useState<Result<'follow.replay'> | null>(null)
  const [time, setTime] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [lines, setLines] = useState<readonly (readonly Run[])[]>([])
  const screen = useRef<{ readonly screen: TerminalScreen; drawn: number } | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    app.client.call('follow.replay', { captureId, stream }, { signal: abort.signal }).then(setSession, (error: unknown) => {
      if (!isCancelled(error)) app.report(error)
    })
    return () => {
      abort.abort()
    }
  }, [app, captureId, stream, packets])
  const columns = Math.min(MOST_COLUMNS, session?.size?.[0] ?? USUAL_SIZE[0])
  const rows = Math.min(MOST_ROWS, session?.size?.[1] ?? USUAL_SIZE[1])
  useEffect(() => {
    const made = new TerminalScreen(columns, rows)
    screen.current = { screen: made, drawn: 0 }
    return () => {
      screen.current = null
      made.dispose()
    }
  }, [columns, rows, stream])
  const events = session?.events ?? NONE
  const at = lastAt(events, time)
  useEffect(() => {
    const current = screen.current
    if (current === null) return
    if (at + 1 < current.drawn) {
      current.screen.reset()
      current.drawn = 0
    }
    let text = ''
    for (let index = current.drawn; index <= at; index++) {
      const event = events[index]
      if (event?.side === 1) text += event.text
    }
    current.drawn = at + 1
    void current.screen.write(text).then(() => {
      if (screen.current === current) setLines(current.screen.lines())
    })
  }, [events, at, columns, rows, stream])
  const end = events.at(-1)?.time ?? 0
  useEffect(() => {
    if (!playing) return undefined
    let before = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      const passed = ((now - before) / 1000) * speed
      before = now
      setTime((position) => {
        const next = events[lastAt(events, position) + 1]?.time ?? end
        const from = shorten && next - position > SHORT_IDLE ? next - SHORT_IDLE : position
        return Math.min(end, from + passed)
      })
    }, TICK_MS)
    return () => {
      clearInterval(timer)
    }
  }, [playing, speed, shorten, events, end])
  const isOver = playing && time >= end
  useEffect(() => {
    if (!isOver) return undefined
    const timer = setTimeout(() => {
      setPlaying(false)
    }, 0)
    return () => {
      clearTimeout(timer)
    }
  }, [isOver])
  const play = useCallback(
    (on: boolean) => {
      if (on) setTime((position) => (position >= end ? 0 : position))
      setPlaying(on)
    },
    [end],
  )
  const step = (by: 1 | -1): void => {
    const next = events[Math.min(Math.max(0, at + by), events.length - 1)]
    setPlaying(false)
    if (next !== undefined) setTime(next.time)
  }
  return { session, columns, rows, lines, time, end, at, playing, play, seek: setTime, step }
}

const NONE: readonly ReplayEvent[] = []

/** The last event at or before a time, or -1. */
function lastAt(events: readonly ReplayEvent[], time: number): number {
  let low = 0,
    high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.time ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}
