// Versions of the drafts of TLS 1.3 and the server hellos of the drafts of TLS 1.3 before the 22nd (draft-ietf-tls-tls13-18, 4.1.3 to 4.1.4): their version says the draft, and neither a session
// id nor a compression method stands in them.
import type { Decoder } from '../../../dissect/define'

const FIRST_DRAFT = 0x7f00,
  DRAFT_19 = 0x7f13,
  DRAFT_22 = 0x7f16
/** Facebook's builds of drafts 23 and 26. */
const FACEBOOK = new Set([0xfb17, 0xfb1a])

/** Whether a version is a draft of TLS 1.3. */
export function isDraft(version: number): boolean {
  return (version >= FIRST_DRAFT && version < 0x8000) || FACEBOOK.has(version)
}

/** Whether a server hello of this version has neither session id nor compression method. */
export function isBriefDraft(version: number): boolean {
  return version >= FIRST_DRAFT && version < DRAFT_22
}

/** Whether a HelloRetryRequest (a message of its own in those drafts) of this version names the cipher suite. */
export function retryNamesSuite(version: number): boolean {
  return version >= DRAFT_19 && version < DRAFT_22
}

/** Where the cipher suite of the server hello whose body starts at `start` stands, and where its extensions begin. */
export function serverHelloParts(d: Decoder, start: number): { readonly suite: number; readonly extensions: number } {
  const brief = isBriefDraft(d.peek16(start)),
    suite = start + 34 + (brief ? 0 : 1 + d.peek8(start + 34))
  return { suite, extensions: suite + (brief ? 2 : 3) }
}
