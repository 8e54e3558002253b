// The form in which explanations are written: every text in English and Simplified Chinese, side by side, so that one cannot be forgotten.
// Field names, flags, states and header names stay English in both languages.

/** A text as [English, Simplified Chinese]. */
export type Both = readonly [en: string, zh: string]

/** What is known about one field, whatever its value. */
export interface FieldText {
  /** Short name of the field; the Chinese one is the term of Chinese textbooks, printed beside the English one. */
  readonly name: Both
  /** Where it is defined: "RFC 9293, 3.1". Empty for what no standard defines. */
  readonly source: string
  /** What the field says. */
  readonly what: Both
  /** Why it exists, or why it takes the values it takes. */
  readonly why?: Both | undefined
  /** Explanations of single values, by the number (decimal) or text that the field holds. */
  readonly values?: ValueTexts | undefined
}

/** Explanations of the values of one field: key is the value as a filter writes it (decimal for numbers). */
export type ValueTexts = Readonly<Record<string, ValueText>>

/** One value: its name (a term of the standard, never translated) and what it means. */
export interface ValueText {
  readonly name: string
  readonly what: Both
  readonly source?: string | undefined
}

/** Fields of one protocol, by display-filter name. */
export type FieldTexts = Readonly<Record<string, FieldText>>

/** Writes one field: names, source, what it says, and optionally why. */
export function card(name: Both, source: string, what: Both, why?: Both, values?: ValueTexts): FieldText {
  return { name, source, what, why, values }
}

/** Writes one value: its name in the standard, and what it means. */
export function value(name: string, en: string, zh: string, source?: string): ValueText {
  return { name, what: [en, zh], source }
}
