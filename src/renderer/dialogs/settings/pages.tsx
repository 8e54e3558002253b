// Pages of the settings that are made of simple rows: appearance, time, names, language.
import { useApp, useSetting } from '../../app/app-context'
import type { PlainMessage } from '../../app/i18n/messages'
import { settingsMessages as m } from '../../app/i18n/settings'
import { useT } from '../../app/i18n/use-t'
import type { TimeFormat } from '../../../shared/contract'
import type { Settings } from '../../model/settings'
import { Segmented } from '../../ui/button'
import { FieldRow, Switch } from '../../ui/fields'
import { Select } from '../../ui/select'
import { timeExample } from './time-example'

const TIME_KINDS: readonly (readonly [TimeFormat['kind'], PlainMessage])[] = [
  ['relative', m.relative],
  ['delta', m.delta],
  ['delta-displayed', m.deltaDisplayed],
  ['absolute', m.absolute],
  ['absolute-date', m.absoluteDate],
  ['utc', m.utc],
  ['utc-date', m.utcDate],
  ['epoch', m.epoch],
]

function useUpdate(): (part: Partial<Settings>) => void {
  const app = useApp()
  return (part) => {
    app.settings.update(part)
  }
}

/** Theme, sizes, layout, what is shown. */
export function AppearancePage() {
  const t = useT()
  const update = useUpdate()
  const theme = useSetting('theme')
  const density = useSetting('density')
  const textStep = useSetting('textStep')
  const motion = useSetting('motion')
  const layout = useSetting('layout')
  const overview = useSetting('overview')
  const minimap = useSetting('minimap')
  const colorize = useSetting('colorize')
  const inspector = useSetting('inspector')
  return (
    <>
      <FieldRow name={t(m.theme)}>
        <Segmented
          label={t(m.theme)}
          value={theme}
          options={[
            { value: 'dark', name: t(m.dark) },
            { value: 'light', name: t(m.light) },
            { value: 'system', name: t(m.system) },
          ]}
          onChange={(value) => {
            update({ theme: value })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.density)} hint={t(m.densityHint)}>
        <Segmented
          label={t(m.density)}
          value={density}
          options={[
            { value: 'compact', name: t(m.compact) },
            { value: 'default', name: t(m.default) },
            { value: 'comfortable', name: t(m.comfortable) },
          ]}
          onChange={(value) => {
            update({ density: value })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.text)}>
        <Segmented
          label={t(m.text)}
          value={String(textStep)}
          options={['-1', '0', '1', '2'].map((step) => ({ value: step, name: String(12 + Number(step)) }))}
          onChange={(value) => {
            update({ textStep: Number(value) })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.motion)} hint={t(m.motionHint)}>
        <Segmented
          label={t(m.motion)}
          value={motion}
          options={[
            { value: 'system', name: t(m.motionSystem) },
            { value: 'reduce', name: t(m.motionReduce) },
            { value: 'full', name: t(m.motionFull) },
          ]}
          onChange={(value) => {
            update({ motion: value })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.layout)}>
        <Segmented
          label={t(m.layout)}
          value={layout}
          options={[
            { value: 'bottom', name: t(m.layoutBottom) },
            { value: 'side', name: t(m.layoutSide) },
            { value: 'rows', name: t(m.layoutRows) },
          ]}
          onChange={(value) => {
            update({ layout: value })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.overview)}>
        <Switch
          label={t(m.overview)}
          checked={overview}
          onChange={(on) => {
            update({ overview: on })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.minimap)}>
        <Switch
          label={t(m.minimap)}
          checked={minimap}
          onChange={(on) => {
            update({ minimap: on })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.inspector)}>
        <Switch
          label={t(m.inspector)}
          checked={inspector}
          onChange={(on) => {
            update({ inspector: on })
          }}
        />
      </FieldRow>
      <FieldRow name={t(m.colorize)}>
        <Switch
          label={t(m.colorize)}
          checked={colorize}
          onChange={(on) => {
            update({ colorize: on })
          }}
        />
      </FieldRow>
    </>
  )
}

/** What the Time column prints. */
export function TimePage() {
  const t = useT()
  const update = useUpdate()
  const format = useSetting('timeFormat')
  return (
    <>
      <div role="radiogroup" aria-label={t(m.timeKind)} className="time-kinds">
        {TIME_KINDS.map(([kind, name]) => (
          <label key={kind} className="time-kind">
            <input
              type="radio"
              name="time-kind"
              value={kind}
              checked={format.kind === kind}
              onChange={() => {
                update({ timeFormat: { ...format, kind } })
              }}
            />
            <span>{t(name)}</span>
            <span className="mono f3 t11">{timeExample({ ...format, kind })}</span>
          </label>
        ))}
      </div>
      <FieldRow name={t(m.precision)} hint={t(m.precisionHint)}>
        <Select
          label={t(m.precision)}
          value={String(format.precision)}
          end
          options={['auto', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((value) => ({
            value,
            name: value === 'auto' ? t(m.auto) : value,
          }))}
          onChange={(value) => {
            update({ timeFormat: { ...format, precision: value === 'auto' ? 'auto' : Number(value) } })
          }}
        />
      </FieldRow>
      <p className="f3 t11">{t(m.timeHint)}</p>
    </>
  )
}

/** Names instead of addresses. */
export function NamesPage() {
  const t = useT()
  const update = useUpdate()
  const resolveNames = useSetting('resolveNames')
  return (
    <FieldRow name={t(m.resolve)} hint={t(m.resolveHint)}>
      <Switch
        label={t(m.resolve)}
        checked={resolveNames}
        onChange={(on) => {
          update({ resolveNames: on })
        }}
      />
    </FieldRow>
  )
}

/** Language of the interface. */
export function LanguagePage() {
  const t = useT()
  const update = useUpdate()
  const language = useSetting('language')
  return (
    <FieldRow name={t(m.interface)} hint={t(m.interfaceHint)}>
      <Segmented
        label={t(m.interface)}
        value={language}
        options={[
          { value: 'en', name: 'English' },
          { value: 'zh', name: '简体中文' },
          { value: 'system', name: t(m.system) },
        ]}
        onChange={(value) => {
          update({ language: value })
        }}
      />
    </FieldRow>
  )
}
