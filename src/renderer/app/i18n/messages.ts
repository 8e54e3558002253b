// Message tables: every text of the interface in both languages, side by side and checked by the compiler. A text is a whole sentence with
// {placeholders}; sentences are never glued together. Areas keep their table in a file of their own in this folder.

/** Languages of the interface. */
export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** Singular and plural forms, chosen by the placeholder {count}. */
export interface Plural {
  readonly one: string
  readonly other: string
}

/** One text: plain, or with plural forms. Chinese has no plural, so its texts are plain. */
export type Text = string | Plural

type PlaceholdersOf<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersOf<Rest> : never
/** Names of the placeholders of a text. */
export type Placeholders<T extends Text> = T extends string
  ? PlaceholdersOf<T>
  : T extends Plural
    ? PlaceholdersOf<T['one']> | PlaceholdersOf<T['other']> | 'count'
    : never

/** One message in all languages; hand it to `t`. The type parameter carries its placeholders. */
export interface Message<P extends string = string> {
  readonly en: Text
  readonly zh: Text
  /** Never set; carries the placeholder names in the type. */
  readonly placeholders?: P
}

/** A message without placeholders. */
export type PlainMessage = Message<never>

/** Joins an English and a Chinese table into messages; the compiler requires the same keys in both. */
export function defineMessages<const E extends Readonly<Record<string, Text>>>(tables: {
  readonly en: E
  readonly zh: { readonly [K in keyof E]: string }
}): { readonly [K in keyof E]: Message<Placeholders<E[K]>> } {
  const messages: Record<string, Message> = {}
  for (const key of Object.keys(tables.en)) {
    const en = tables.en[key]
    const zh = tables.zh[key]
    if (en !== undefined && zh !== undefined) messages[key] = { en, zh }
  }
  return messages as { readonly [K in keyof E]: Message<Placeholders<E[K]>> }
}

/** Values for placeholders: numbers are printed with the language's grouping. */
export type Values<P extends string> = [P] extends [never] ? [] : [values: Readonly<Record<P, string | number>>]

/** Translates a message and fills in its placeholders. */
export type Translate = <P extends string>(message: Message<P>, ...values: Values<P>) => string

/** BCP 47 tag of a language, for Intl and the lang attribute. */
export function languageTag(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en'
}

/** Makes the translate function of a language. */
export function translator(language: Language): Translate {
  const tag = languageTag(language)
  const numbers = new Intl.NumberFormat(tag)
  const plurals = new Intl.PluralRules(tag)
  return (message, ...rest) => {
    const values: Readonly<Record<string, string | number>> = rest[0] ?? {}
    const text = message[language]
    const form = typeof text === 'string' ? text : pluralForm(text, values['count'], plurals)
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }
}

function pluralForm(text: Plural, count: string | number | undefined, plurals: Intl.PluralRules): string {
  return typeof count === 'number' && plurals.select(count) === 'one' ? text.one : text.other
}
