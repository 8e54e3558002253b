// A ladder as a Mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html).
import type { ArrowRow, Ladder } from './ladder'

const MARK_ARROWS: ReadonlyMap<string, string> = new Map([
  ['reset', '-x'],
  ['retransmission', '-->>'],
  ['fast-retransmission', '-->>'],
  ['spurious-retransmission', '-->>'],
  ['keep-alive', '-->>'],
  ['zero-window-probe', '-->>'],
  ['lost-between', '-x'],
  ['missed', '-->>'],
  ['appeared', '-->>'],
  ['outside', '-->>'],
  ['repeated-between', '-->>'],
])

/** The text in pieces, a line or more each. */
export function* mermaidParts(ladder: Ladder): Generator<string> {
  yield 'sequenceDiagram\n'
  yield `    %% ${ladder.title.replace(/[\r\n]/g, ' ')}\n`
  for (const [index, { role, name }] of ladder.lifelines.entries()) {
    yield `    participant ${id(index)} as ${escape(role === '' ? name : `${role} ${name}`).replaceAll(':', '#58;')}\n`
  }
  const all = ladder.lifelines.length > 1 ? `${id(0)},${id(ladder.lifelines.length - 1)}` : id(0)
  let started = false
  for (let index = 0; index < ladder.rowCount; index++) {
    const row = ladder.row(index)
    if (!started) {
      started = true
      yield* stateNotes(
        ladder,
        row.states.map((state, lifeline) => ({ lifeline, state })),
      )
    }
    switch (row.kind) {
      case 'phase':
        yield `    Note over ${all}: ${escape(`${row.title} (${row.facts})`)}\n`
        break
      case 'arrow':
        yield `    ${id(row.from)}${arrowOf(row)}${id(row.to)}: ${escape(labelOf(row))}\n`
        if (row.message !== undefined && ladder.hasPhases)
          yield `    Note over ${over(row)}: ${escape(`${row.message.protocol} ${row.message.text}`)}\n`
        if (row.notes.length > 0) yield `    Note over ${over(row)}: ${escape(row.notes.map(({ text }) => text).join(', '))}\n`
        yield* stateNotes(
          ladder,
          row.changes.map(({ lifeline, to }) => ({ lifeline, state: to })),
        )
        break
      case 'fold':
        yield `    Note over ${id(row.between[0])},${id(row.between[1])}: ${escape([row.title, row.details, row.second, `#${row.frame}–${row.lastFrame}`].filter((part) => part !== '').join(' · '))}\n`
        break
      case 'end':
        yield `    Note over ${all}: ${escape(row.timeWait === undefined ? row.text : `${row.text} ${row.timeWait.text}, ${row.timeWait.then}`)}\n`
        break
    }
  }
}

function id(lifeline: number): string {
  return `L${lifeline}`
}

function arrowOf({ mark }: ArrowRow): string {
  return MARK_ARROWS.get(mark ?? '') ?? '->>'
}

function labelOf({ frame, number, time, title, details }: ArrowRow): string {
  return `#${number ?? frame} ${time} s ${title}${details === '' ? '' : ` ${details}`}`
}

function over({ from, to }: ArrowRow): string {
  return from === to ? id(from) : `${id(Math.min(from, to))},${id(Math.max(from, to))}`
}

function* stateNotes(ladder: Ladder, states: readonly { readonly lifeline: number; readonly state: string }[]): Generator<string> {
  for (const { lifeline, state } of states) {
    if (state === '') continue
    const side = lifeline === 0 ? 'left of' : lifeline === ladder.lifelines.length - 1 ? 'right of' : 'over'
    yield `    Note ${side} ${id(lifeline)}: ${escape(state)}\n`
  }
}

/** Characters with a meaning of their own become entities: statements end at ; and comments begin at #. */
function escape(text: string): string {
  const safe = text
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]/gu, ' ')
    .replace(/[#;%<>{}"\\]/g, (character) => `#${character.charCodeAt(0)};`)
    .trim()
  return safe === '' ? '#8203;' : safe
}
