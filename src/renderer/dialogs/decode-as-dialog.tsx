// Decode As: rules that read what a port or another key names as a protocol of the user's choice. Applying them dissects all open captures anew.
import { useEffect, useId, useState } from 'react'
import { Plus, Trash2 } from 'lucide-react'
import type { DecodeAsRule, Result } from '../../shared/contract'
import { useApp } from '../app/app-context'
import { decodeAsMessages as m } from '../app/i18n/decode-as'
import { uiMessages } from '../app/i18n/ui'
import { useT } from '../app/i18n/use-t'
import { Button, IconButton } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextField } from '../ui/fields'
import { Select } from '../ui/select'
import './dialogs.css'

type Options = Result<'decodeAs.options'>
/** A rule while it is edited. */
interface Draft {
  readonly table: string
  readonly key: string
  readonly protocol: string
}

const HEX_TABLES: ReadonlySet<string> = new Set(['ethertype', 'gre.proto', 'ppp.protocol'])

/** A key as it is written: hexadecimal where the field's standard writes it so. */
function keyText(table: string, key: number): string {
  return HEX_TABLES.has(table) ? `0x${key.toString(16).padStart(4, '0')}` : String(key)
}

/** The number of a key's text; NaN for what is none. */
export function parseKey(text: string): number {
  return /^(0x[0-9a-f]+|\d+)$/i.test(text.trim()) ? Number(text.trim()) : NaN
}

/** The dialog; `number` is the packet whose keys are suggested, 0 for none. */
export function DecodeAsDialog({
  captureId,
  number,
  onClose,
}: {
  readonly captureId: number
  readonly number: number
  readonly onClose: () => void
}) {
  const app = useApp()
  const t = useT()
  const list = useId()
  const [options, setOptions] = useState<Options | null>(null)
  const [rules, setRules] = useState<readonly Draft[]>(() =>
    app.settings.get().decodeAs.map(({ table, key, protocol }) => ({ table, key: keyText(table, key), protocol })),
  )
  useEffect(() => {
    app.client.call('decodeAs.options', { packet: number > 0 ? { captureId, number } : null }).then(setOptions, (error: unknown) => {
      app.report(error)
    })
  }, [app, captureId, number])
  if (options === null) return null
  const tableOf = (name: string): Options['tables'][number] | undefined => options.tables.find((one) => one.name === name)
  const largest = (table: string): number => tableOf(table)?.largest ?? 0xffff
  const goodKey = ({ table, key }: Draft): boolean => parseKey(key) <= largest(table)
  const goodProtocol = ({ protocol }: Draft): boolean => options.protocols.some(({ name }) => name === protocol.trim())
  const ready = rules.every((rule) => goodKey(rule) && goodProtocol(rule))
  const change = (index: number, part: Partial<Draft>): void => {
    setRules(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)))
  }
  const add = (rule: Draft): void => {
    setRules([...rules, rule])
  }
  const apply = async (): Promise<void> => {
    if (!ready) return
    const decodeAs = rules.map(({ table, key, protocol }): DecodeAsRule => ({ table, key: parseKey(key), protocol: protocol.trim() }))
    onClose()
    try {
      app.settings.update({ decodeAs })
      await app.settings.flush()
      await app.redissect()
    } catch (error) {
      app.report(error)
    }
  }
  return (
    <Dialog
      title={t(m.title)}
      width={620}
      onClose={onClose}
      onSubmit={() => void apply()}
      actions={
        <>
          <span className="sp" />
          <Button onClick={onClose}>{t(uiMessages.cancel)}</Button>
          <Button kind="primary" type="submit" disabled={!ready}>
            {t(m.apply)}
          </Button>
        </>
      }
    >
      <div className="dl-form">
        <p className="f2 t12">{t(m.intro)}</p>
        <datalist id={list}>
          {options.protocols.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </datalist>
        {rules.length === 0 && <p className="f3 t12">{t(m.none)}</p>}
        {rules.map((rule, index) => (
          // Rules have no identity but their place.
          <div key={index} className="dl-rule">
            <Select
              label={t(m.table, { number: index + 1 })}
              value={rule.table}
              options={options.tables.map(({ name, label }) => ({ value: name, name: label }))}
              onChange={(table) => {
                change(index, { table })
              }}
            />
            <TextField
              label={t(m.key, { number: index + 1 })}
              hideLabel
              mono
              placeholder={t(m.keyTitle)}
              value={rule.key}
              error={rule.key === '' || goodKey(rule) ? undefined : t(m.badKey, { largest: largest(rule.table) })}
              onChange={(key) => {
                change(index, { key })
              }}
            />
            <TextField
              label={t(m.protocol, { number: index + 1 })}
              hideLabel
              mono
              list={list}
              placeholder={t(m.protocolTitle)}
              value={rule.protocol}
              error={rule.protocol === '' || goodProtocol(rule) ? undefined : t(m.badProtocol)}
              onChange={(protocol) => {
                change(index, { protocol })
              }}
              data-autofocus={index === rules.length - 1 ? '' : undefined}
            />
            <IconButton
              label={t(m.remove, { number: index + 1 })}
              icon={Trash2}
              onClick={() => {
                setRules(rules.filter((_, at) => at !== index))
              }}
            />
          </div>
        ))}
        <div className="row g8">
          <Button
            icon={Plus}
            onClick={() => {
              add({ table: 'tcp.port', key: '', protocol: '' })
            }}
          >
            {t(m.add)}
          </Button>
        </div>
        {options.suggested.length > 0 && (
          <section className="dl-suggest" aria-label={t(m.suggested, { number: String(number) })}>
            <h4 className="f3 t11">{t(m.suggested, { number: String(number) })}</h4>
            {options.suggested.map(({ table, key, protocol }) => {
              const words = { table: tableOf(table)?.label ?? table, key: keyText(table, key), protocol }
              return (
                <Button
                  key={`${table} ${key}`}
                  onClick={() => {
                    add({ table, key: keyText(table, key), protocol: '' })
                  }}
                >
                  {protocol === '' ? t(m.suggestNone, words) : t(m.suggest, words)}
                </Button>
              )
            })}
          </section>
        )}
      </div>
    </Dialog>
  )
}
