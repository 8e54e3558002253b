// A ladder as a PlantUML sequence diagram (https://plantuml.com/sequence-diagram).
import type { ArrowRow, Ladder } from './ladder'
import { MARK_STYLE } from './marks'
import { COLORS, stateTone, type DiagramTheme } from './tones'

/** The text in pieces. */
export function* plantumlParts(ladder: Ladder, theme: DiagramTheme): Generator<string> {
  yield '@startuml\n'
  yield `title ${escape(ladder.title)}\n`
  yield 'hide footbox\nskinparam sequenceMessageAlign center\n'
  for (const [index, { role, name }] of ladder.lifelines.entries()) {
    yield `participant "${escape(role)}${role === '' ? '' : '\\n'}${escape(name)}" as ${id(index)}\n`
  }
  let started = false
  for (let index = 0; index < ladder.rowCount; index++) {
    const row = ladder.row(index)
    if (!started) {
      started = true
      yield* stateNotes(
        row.states.map((state, lifeline) => ({ lifeline, state })),
        theme,
      )
    }
    switch (row.kind) {
      case 'phase':
        yield `== ${escape(`${row.title}, ${row.facts}`)} ==\n`
        break
      case 'arrow':
        yield `${id(row.from)} ${arrowOf(row, theme)} ${id(row.to)} : ${escape(`#${row.number ?? row.frame} ${row.time} s`)} <b>${escape(row.title)}</b> ${escape(row.details)}\n`
        yield* notes(ladder, row)
        yield* stateNotes(
          row.changes.map(({ lifeline, to }) => ({ lifeline, state: to })),
          theme,
        )
        break
      case 'fold':
        yield `... ${escape([row.title, row.details, row.second, `#${row.frame}–${row.lastFrame}`].filter((part) => part !== '').join(' · '))} ...\n`
        break
      case 'end':
        yield `... ${escape(row.timeWait === undefined ? row.text : `${row.text} ${row.timeWait.text}, ${row.timeWait.then}`)} ...\n`
        break
    }
  }
  yield '@enduml\n'
}

function id(lifeline: number): string {
  return `L${lifeline}`
}

function arrowOf(row: ArrowRow, theme: DiagramTheme): string {
  if (row.mark === undefined) return '->'
  const { tone, dash } = MARK_STYLE[row.mark]
  const line = dash ? '--' : '-'
  const color = `[${COLORS[theme === 'dark' ? 'light' : theme][tone]}]`
  return `${line.slice(0, 1)}${color}${line.slice(1)}>${row.mark === 'reset' || row.mark === 'lost-between' ? 'x' : ''}`
}

function* notes(ladder: Ladder, row: ArrowRow): Generator<string> {
  const lines = [
    ...(row.message === undefined || !ladder.hasPhases ? [] : [`${row.message.protocol} ${row.message.text}`]),
    ...row.notes.map(({ text }) => text),
  ]
  if (lines.length > 0) yield `note right: ${lines.map(escape).join('\\n')}\n`
}

function* stateNotes(states: readonly { readonly lifeline: number; readonly state: string }[], theme: DiagramTheme): Generator<string> {
  for (const { lifeline, state } of states) {
    if (state === '') continue
    yield `hnote over ${id(lifeline)} ${tint(COLORS[theme === 'dark' ? 'light' : theme][stateTone(state)])} : ${escape(state)}\n`
  }
}

/** A light wash of a state's colour, on which black text reads well. */
function tint(color: string): string {
  const mixed = [1, 3, 5].map((at) => Math.round(parseInt(color.slice(at, at + 2), 16) * 0.3 + 255 * 0.7))
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** Creole and preprocessor characters are written as Unicode references. */
function escape(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]/gu, ' ')
    .replace(/[<>&"~*_[\]{}\\/|%!$^=`]|--|''|\.{3}/g, (found) => Array.from(found, (one) => `<U+${hex(one)}>`).join(''))
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
