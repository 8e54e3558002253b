// A ladder as plain text, for a terminal, a mail or a commit message.
import type { ArrowRow, Ladder, Row } from './ladder'
import { MARK_STYLE } from './marks'
import { wordsOf } from './words'

/** Columns between two lifelines. */
const SPAN = 58
const STATE = 13

/** The text in pieces, a line each. */
export function* plainParts(ladder: Ladder): Generator<string> {
  const words = wordsOf(ladder.language)
  const stateRoom = ladder.hasStates ? STATE : 0
  const lanes = ladder.lifelines.length
  const span = lanes > 2 ? 26 : SPAN
  const numbers = ladder.numberTitle === undefined ? 7 : 15
  const gutter = `${end(words.time, 12)} ${end(words.delta, 10)} ${end(ladder.numberTitle ?? words.number, numbers)}  `
  yield `${ladder.title}\n\n`
  const names = ladder.lifelines.map(({ role, name }) => (role === '' ? name : `${role} ${name}`))
  const blank = ' '.repeat(29 + numbers)
  if (lanes > 2) {
    for (const [index, name] of names.entries()) yield `${blank}${index + 1} ${name}\n`
    yield `${gutter}${names.map((_name, index) => start(String(index + 1), span)).join('')}\n`
  } else {
    const [left = '', right = ''] = names
    yield `${gutter}${start('', stateRoom)}${start(left, Math.max(span - width(right) + 2, width(left) + 2))}${right}\n`
  }
  const put = (left: string, states: readonly string[], body: string, after: string): string =>
    `${left}${start(states[0] ?? '', stateRoom)}${body}  ${start(states[1] ?? '', stateRoom)}${after}`.trimEnd() + '\n'
  for (let index = 0; index < ladder.rowCount; index++) {
    const row = ladder.row(index)
    const heads = row.kind === 'phase' && index === 0 ? row.states : []
    switch (row.kind) {
      case 'phase':
        yield `\n== ${row.title} (${row.facts})\n`
        if (heads.some((state) => state !== '')) yield put(blank, heads, rails(lanes, span), '')
        break
      case 'arrow': {
        const left = `${end(row.time, 12)} ${end(row.delta, 10)} ${end(row.number ?? String(row.frame), numbers)}  `
        const notes = row.notes.map(({ text }) => text).join(', ')
        const message = row.message === undefined || !ladder.hasPhases ? '' : `${row.message.protocol} ${row.message.text}`
        const states = [0, 1].map((lane) => row.changes.findLast((change) => change.lifeline === lane)?.to ?? '')
        yield put(left, states, arrowLine(row, lanes, span), [notes, message].filter((part) => part !== '').join(' | '))
        break
      }
      case 'fold': {
        const left = `${end(row.time, 12)} ${end(row.delta, 10)} ${end('', numbers)}  `
        const content = [row.title, row.details, row.second].filter((part) => part !== '').join(', ')
        yield put(left, [], foldLine(row, lanes, span, `#${row.frame}-${row.lastFrame}`), content)
        break
      }
      case 'end':
        yield `\n${endStates(row)}${row.text}${row.timeWait === undefined ? '' : ` ${row.timeWait.text}, ${row.timeWait.then}`}\n`
        break
    }
  }
}

function endStates(row: Row): string {
  return row.states.some((state) => state !== '') ? `${row.states.join(' / ')}. ` : ''
}

function rails(lanes: number, span: number): string {
  return `${'|'.padEnd(span - 1, ' ').repeat(Math.max(1, lanes - 1))}|`
}

function arrowLine(row: ArrowRow, lanes: number, span: number): string {
  const a = Math.min(row.from, row.to)
  const b = Math.max(row.from, row.to)
  const label = ` ${row.title}${row.details === '' ? '' : ` ${row.details.replaceAll('  ', ' ')}`} `
  const dash = row.mark !== undefined && MARK_STYLE[row.mark].dash ? '- ' : '-'
  const room = Math.max((span - 1) * Math.max(1, b - a) - 1, 4)
  const head = row.mark === 'reset' ? 'x' : ''
  // what is lost between ends between
  const short = row.mark === 'lost-between' ? Math.floor(room / 3) : 0
  const toRight = row.to >= row.from
  const text = cut(label, room - 4 - head.length - short)
  const fill = room - width(text) - 1 - head.length - short
  const before = Math.floor(fill / 2)
  const lead = dash.repeat(before).slice(0, before)
  const tail = dash.repeat(fill).slice(0, fill - before)
  const ending = short > 0 ? 'X' : head + '>'
  const rest = ' '.repeat(short)
  const arrow = toRight ? `|${lead}${text}${tail}${ending}${rest}|` : `|${rest}${short > 0 ? 'X' : `<${head}`}${tail}${text}${lead}|`
  const left = '|'.padEnd(span - 1, ' ').repeat(a)
  const right = `${' '.repeat(span - 2)}|`.repeat(Math.max(0, lanes - 1 - b))
  return row.from === row.to ? `${left}|*${start(cut(label, room - 2), room - 1)}|${right}` : `${left}${arrow}${right}`
}

function foldLine(row: { readonly between: readonly [number, number] }, lanes: number, span: number, label: string): string {
  const [a, b] = row.between
  const room = Math.max((span - 1) * Math.max(1, b - a) - 1, 4)
  const text = cut(`< : ${label} : >`, room)
  const before = Math.floor((room - width(text)) / 2)
  const left = '|'.padEnd(span - 1, ' ').repeat(a)
  const right = `${' '.repeat(span - 2)}|`.repeat(Math.max(0, lanes - 1 - b))
  return `${left}|${' '.repeat(before)}${start(text, room - before)}|${right}`
}

/** Columns of a terminal: East Asian characters take two. */
function width(text: string): number {
  let columns = 0
  for (const character of text) columns += (character.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1
  return columns
}

function start(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)))
}

function end(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text
}

function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let kept = ''
  for (const character of text) {
    if (width(kept) + width(character) > columns - 1) break
    kept += character
  }
  return `${kept}…`
}
