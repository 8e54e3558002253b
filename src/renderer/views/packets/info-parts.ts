// Emphasis in the Info column: what the eye looks for is bold, what is wrong is marked. The text itself is never changed.

/** A piece of an Info text. */
export interface InfoPart {
  readonly kind: 'plain' | 'strong' | 'quiet' | 'problem'
  readonly text: string
}

const REQUEST = /^((?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT) \S+)(.*)$/s
const RESPONSE = /^(HTTP\/\d(?:\.\d)? )(\d{3}(?: [A-Za-z][A-Za-z'-]*)*)(.*)$/s
const FLAGS =
  /^(.*?)(\[(?:FIN|SYN|RST|PSH|ACK|URG|ECE|CWR|ECN|NS|Reserved|<None>)(?:, ?(?:FIN|SYN|RST|PSH|ACK|URG|ECE|CWR|ECN|NS|Reserved))*\])(.*)$/s

/** Splits an Info text. The parts joined give the text again. */
export function infoParts(text: string): readonly InfoPart[] {
  const parts: InfoPart[] = []
  let rest = text
  // "[TCP Retransmission] ", "[Malformed Packet] ": notes in front.
  for (let note = /^\[[A-Z][^\]]*\] ?/.exec(rest); note !== null && !FLAGS.test(note[0]); note = /^\[[A-Z][^\]]*\] ?/.exec(rest)) {
    parts.push({ kind: 'problem', text: note[0] })
    rest = rest.slice(note[0].length)
  }
  const push = (kind: InfoPart['kind'], part: string | undefined): void => {
    if (part !== undefined && part !== '') parts.push({ kind, text: part })
  }
  const request = REQUEST.exec(rest)
  const response = RESPONSE.exec(rest)
  const flags = FLAGS.exec(rest)
  if (request !== null) {
    push('strong', request[1])
    push('plain', request[2])
  } else if (response !== null) {
    push('quiet', response[1])
    push('strong', response[2])
    push('plain', response[3])
  } else if (flags !== null) {
    push('plain', flags[1])
    push('strong', flags[2])
    push('plain', flags[3])
  } else push('plain', rest)
  return parts
}
