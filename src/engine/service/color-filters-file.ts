// Wireshark's colorfilters file: one rule a line, "@name@filter@[background][foreground]", colours as three 16-bit numbers; '!' before a line
// disables it, '#' begins a comment. First match wins, so the order is kept.
import type { ColorRule } from '../../shared/contract'

/** A line that is no rule. */
export interface LineProblem {
  /** From 1. */
  readonly line: number
  readonly message: string
}

const COLORS = /^\s*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]\s*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]\s*$/
const MAX_RULES = 1000

/** Reads a file's text. Lines that are no rule are reported and left out. */
export function parseColorFilters(text: string): { rules: ColorRule[]; problems: LineProblem[] } {
  const rules: ColorRule[] = []
  const problems: LineProblem[] = []
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const parsed = parseLine(line)
    if (typeof parsed === 'string') problems.push({ line: index + 1, message: parsed })
    else if (rules.length === MAX_RULES) {
      problems.push({ line: index + 1, message: `There are more than ${MAX_RULES} rules; the rest is left out.` })
      break
    } else rules.push(parsed)
  }
  return { rules, problems }
}

function parseLine(line: string): ColorRule | string {
  const enabled = !line.startsWith('!')
  const body = enabled ? line : line.slice(1).trimStart()
  if (!body.startsWith('@')) return 'A rule begins with "@" (or "!@" when it is disabled).'
  const second = body.indexOf('@', 1)
  // A filter may contain '@'; colours never do.
  const last = body.lastIndexOf('@')
  if (second < 0 || last <= second) return 'A rule has the form @name@filter@[background][foreground].'
  const name = body.slice(1, second).trim()
  const filter = body.slice(second + 1, last).trim()
  if (name === '' || name.length > 200) return 'The name of a rule has 1 to 200 characters.'
  if (filter === '' || filter.length > 4000) return 'The filter of a rule has 1 to 4000 characters.'
  const colors = COLORS.exec(body.slice(last + 1))
  if (colors === null) return 'The colours are written [red,green,blue][red,green,blue], background first, each from 0 to 65535.'
  const values = colors.slice(1).map(Number)
  if (values.some((value) => value > 65_535)) return 'A colour value is at most 65535.'
  return { name, filter, background: hexColor(values.slice(0, 3)), foreground: hexColor(values.slice(3)), enabled }
}

/** Writes rules so that Wireshark reads them back. */
export function printColorFilters(rules: readonly ColorRule[]): string {
  const lines = rules.map(({ name, filter, background, foreground, enabled }) => {
    // '@' ends a name and a line end ends a rule; neither can be escaped in this format.
    const plainName = name.replace(/[@\r\n]/g, ' ').trim()
    return `${enabled ? '' : '!'}@${plainName === '' ? 'Unnamed' : plainName}@${filter.replace(/[\r\n]+/g, ' ').trim()}@${wide(background)}${wide(foreground)}\n`
  })
  return `# Colour rules: @name@filter@[background][foreground]; the first match wins.\n${lines.join('')}`
}

/** 16 bits a part to 8. */
function hexColor(parts: readonly number[]): string {
  return `#${parts
    .map((part) =>
      Math.round(part / 257)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

function wide(color: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) * 257)
  return `[${parts.join(',')}]`
}
