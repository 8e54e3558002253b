// Colour rules: which set is in force, kept in the user's documents, and which rule a packet matches.
import { METHODS, type ColorRule } from '../../shared/contract'
import { FilterError, type Sentence } from '../../shared/errors'
import type { ServiceMethods } from '../../shared/rpc/dispatcher'
import type { Decoder } from '../dissect/decoder'
import { parseColorFilters, printColorFilters } from './color-filters-file'
import type { ServiceContext } from './context'
import { CLASSIC_COLOR_RULES } from './default-color-rules'
import { compileFilter, compileLeniently, type DisplayFilter } from './display-filter'
import { storedMacros } from './filter-macros'
import type { FilterMacro } from '../filter'

/** 'wireglass' colours by protocol class in the interface and has no rules. */
type Profile = 'wireglass' | 'classic' | 'custom'

const PROFILE_DOCUMENT = 'colors.json'
/** The custom rules, in the format that Wireshark uses too. */
const RULES_DOCUMENT = 'colorfilters'
const ProfileDocument = METHODS['colors.set'].params.pick({ profile: true })

/** A rule ready to run; undefined when it is off or cannot be compiled. */
type Compiled = DisplayFilter | undefined

/** The rules in force. */
export class ColorRules {
  private profile: Profile
  private rules: readonly ColorRule[]
  private compiled: readonly Compiled[]
  private readonly context: ServiceContext

  constructor(context: ServiceContext) {
    this.context = context
    this.profile = this.readProfile()
    this.rules = this.rulesOf(this.profile)
    this.compiled = this.compileAll()
  }

  private compileAll(): readonly Compiled[] {
    const macros = storedMacros(this.context.ports.documents)
    return this.rules.map((rule) => compile(rule, macros))
  }

  private readProfile(): Profile {
    try {
      return ProfileDocument.parse(JSON.parse(this.context.ports.documents.read(PROFILE_DOCUMENT) ?? '')).profile
    } catch {
      // Nothing chosen yet, or the document is damaged.
      return 'wireglass'
    }
  }

  private rulesOf(profile: Profile): readonly ColorRule[] {
    if (profile === 'wireglass') return []
    if (profile === 'classic') return CLASSIC_COLOR_RULES
    return parseColorFilters(this.context.ports.documents.read(RULES_DOCUMENT) ?? '').rules
  }

  /** Index of the first rule that matches the packet in the decoder, or -1. */
  match(decoder: Decoder): number {
    return this.compiled.findIndex((filter) => filter?.matches(decoder) === true)
  }

  /** True when there is any rule to match. */
  get isActive(): boolean {
    return this.compiled.some((filter) => filter !== undefined)
  }

  methods(): Pick<ServiceMethods, 'colors.get' | 'colors.set' | 'colors.export' | 'colors.parse'> {
    const { documents } = this.context.ports
    return {
      'colors.get': () => ({ rules: [...this.rules], profile: this.profile }),
      'colors.set': ({ rules, profile }) => {
        if (profile === 'custom') documents.write(RULES_DOCUMENT, printColorFilters(rules))
        documents.write(PROFILE_DOCUMENT, `${JSON.stringify({ profile })}\n`)
        this.profile = profile
        this.rules = profile === 'custom' ? rules : this.rulesOf(profile)
        this.compiled = this.compileAll()
        for (const capture of this.context.captures.values()) {
          capture.version++
          this.context.emit('capture.changed', capture.info())
        }
        return { problems: profile === 'custom' ? problemsOf(rules, storedMacros(documents)) : [] }
      },
      'colors.export': () => ({ text: printColorFilters(this.rules) }),
      'colors.parse': ({ text }) => parseColorFilters(text),
    }
  }
}

function compile(rule: ColorRule, macros: readonly FilterMacro[]): Compiled {
  if (!rule.enabled) return undefined
  try {
    return compileLeniently(rule.filter, macros)
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}

function problemsOf(rules: readonly ColorRule[], macros: readonly FilterMacro[]): { rule: number; message: Sentence }[] {
  return rules.flatMap((rule, index) => {
    try {
      compileFilter(rule.filter, { macros })
      return []
    } catch (error) {
      if (error instanceof FilterError) return [{ rule: index, message: error.sentence }]
      throw error
    }
  })
}
