// What a display filter's text means, before any name is looked up. Every part keeps the place of its text for error messages.

/** Half-open range of characters in the filter text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A part of a range list: [4], [4:2], [4-5], [:2], [4:]. Negative numbers count from the end. */
export type RangePart =
  | { readonly kind: 'length'; readonly offset: number; readonly length: number }
  | { readonly kind: 'inclusive'; readonly offset: number; readonly last: number }
  | { readonly kind: 'rest'; readonly offset: number }

/** Arithmetic and bit operators. */
export type ArithmeticOperator = '&' | '+' | '-' | '*' | '/' | '%'

/** Something that has values: a field, a literal, a function of them. */
export type Term =
  /** A field name or a literal without quotes; `asField`: written with a leading dot, hence a field. */
  | ({ readonly kind: 'word'; readonly text: string; readonly asField: boolean } & Span)
  | ({ readonly kind: 'string'; readonly value: string; readonly raw: boolean } & Span)
  | ({ readonly kind: 'char'; readonly value: number } & Span)
  | ({ readonly kind: 'slice'; readonly operand: Term; readonly ranges: readonly RangePart[] } & Span)
  | ({ readonly kind: 'layer'; readonly operand: Term; readonly ranges: readonly RangePart[] } & Span)
  | ({ readonly kind: 'reference'; readonly operand: Term } & Span)
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly Term[] } & Span)
  | ({ readonly kind: 'sign'; readonly operator: '-' | '+'; readonly operand: Term } & Span)
  | ({ readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Term; readonly right: Term } & Span)

/** Comparisons. `==` any, `!=` all not equal, `~=` any not equal, `===` all equal; the others any. */
export type CompareOperator = '==' | '!=' | '~=' | '===' | '>' | '<' | '>=' | '<=' | 'contains' | 'matches'

/** any/all written before a comparison: it then holds for any or for all values of the left side. */
export type Quantifier = 'any' | 'all' | undefined

/** One member of a set: a value, or a range of values. */
export interface SetItem extends Span {
  readonly low: Term
  readonly high: Term | undefined
}

/** A condition. */
export type Condition =
  /** The empty filter: every packet. */
  | ({ readonly kind: 'everything' } & Span)
  | ({ readonly kind: 'not'; readonly operand: Condition } & Span)
  | ({ readonly kind: 'and' | 'or' | 'xor'; readonly left: Condition; readonly right: Condition } & Span)
  | ({ readonly kind: 'present'; readonly operand: Term } & Span)
  | ({
      readonly kind: 'compare'
      readonly quantifier: Quantifier
      readonly operator: CompareOperator
      readonly left: Term
      readonly right: Term
    } & Span)
  | ({
      readonly kind: 'member'
      readonly quantifier: Quantifier
      readonly negated: boolean
      readonly left: Term
      readonly items: readonly SetItem[]
    } & Span)
