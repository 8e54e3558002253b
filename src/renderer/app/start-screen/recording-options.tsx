// How a capture is recorded: where to, ring of files, when to stop, how much of each packet, mode and buffer.
import { useId, useState, type ReactNode } from 'react'
import { ChevronDown } from 'lucide-react'
import { ringIsUsable, WHOLE_PACKET, type LiveSettings } from '../../model/live-settings'
import { Checkbox, TextField } from '../../ui/fields'
import { Icon } from '../../ui/icon'
import { Popover } from '../../ui/popover'
import { Select } from '../../ui/select'
import { useApp, useSetting } from '../app-context'
import { fileName } from '../app-model'
import { formatNumber } from '../i18n/format'
import { liveMessages as m } from '../i18n/live'
import type { PlainMessage } from '../i18n/messages'
import { useLanguage, useT } from '../i18n/use-t'
import { updateLive } from '../live-actions'

/** The block of options. */
export function RecordingOptions() {
  const app = useApp()
  const t = useT()
  const language = useLanguage()
  const live = useSetting('live')
  const change = (part: Partial<LiveSettings>): void => {
    updateLive(app, part)
  }
  const mode = live.monitor ? m.modeMonitor : live.promiscuous ? m.modePromiscuous : m.modeOwn
  const stops = live.stop.packets + live.stop.megabytes + live.stop.seconds + (ringIsUsable(live) ? live.stop.files : 0) > 0
  return (
    <section>
      <h2>{t(m.recording)}</h2>
      <div className="rec">
        <Cell name={m.saveTo} value={live.path.trim() === '' ? t(m.temporary) : fileName(live.path)}>
          <TextField
            label={t(m.path)}
            value={live.path}
            placeholder={t(m.temporary)}
            hint={t(m.temporaryHint)}
            mono
            onChange={(path) => {
              change({ path })
            }}
          />
        </Cell>
        <Cell name={m.ring} value={ringIsUsable(live) ? t(m.ringOn, { files: formatNumber(live.ring.files, language) }) : t(m.ringOff)}>
          <RingFields live={live} change={change} />
        </Cell>
        <Cell name={m.stop} value={t(stops ? m.stopAuto : m.stopByHand)}>
          <p className="b5">{t(m.stopAfter)}</p>
          <Numbers
            values={live.stop}
            names={{ packets: m.packets, megabytes: m.megabytes, seconds: m.seconds, files: m.files }}
            onChange={(stop) => {
              change({ stop })
            }}
          />
          <p className="f3">{t(m.noLimit)}</p>
        </Cell>
        <Cell
          name={m.packetBytes}
          value={live.snapLength === 0 ? t(m.allBytes) : t(m.firstBytes, { count: formatNumber(live.snapLength, language) })}
        >
          <NumberField
            label={t(m.snapLength)}
            hint={t(m.snapHint)}
            value={live.snapLength}
            most={WHOLE_PACKET}
            onChange={(snapLength) => {
              change({ snapLength })
            }}
          />
        </Cell>
        <Cell name={m.mode} value={t(m.modeSummary, { mode: t(mode), buffer: formatNumber(live.bufferMiB, language) })}>
          <ModeFields live={live} change={change} />
        </Cell>
      </div>
    </section>
  )
}

interface FieldsProps {
  readonly live: LiveSettings
  readonly change: (part: Partial<LiveSettings>) => void
}

function RingFields({ live, change }: FieldsProps) {
  const t = useT()
  return (
    <>
      <Checkbox
        label={t(m.ringSwitch)}
        checked={live.ring.on}
        disabled={live.path.trim() === ''}
        hint={live.path.trim() === '' ? t(m.ringNeedsPath) : undefined}
        onChange={(on) => {
          change({ ring: { ...live.ring, on } })
        }}
      />
      <NumberField
        label={t(m.ringFiles)}
        value={live.ring.files}
        most={100_000}
        onChange={(files) => {
          change({ ring: { ...live.ring, files } })
        }}
      />
      <p className="b5">{t(m.nextAfter)}</p>
      <Numbers
        values={{ megabytes: live.ring.megabytes, seconds: live.ring.seconds, packets: live.ring.packets }}
        names={{ megabytes: m.megabytes, seconds: m.seconds, packets: m.packets }}
        onChange={(part) => {
          change({ ring: { ...live.ring, ...part } })
        }}
      />
      <p className="f3">{t(m.noLimit)}</p>
    </>
  )
}

function ModeFields({ live, change }: FieldsProps) {
  const t = useT()
  const backends = [
    { value: 'auto', name: t(m.backendAuto) },
    { value: 'libpcap', name: 'libpcap' },
    { value: 'dumpcap', name: 'dumpcap' },
    { value: 'cap', name: 'cap' },
  ] as const
  return (
    <>
      <Checkbox
        label={t(m.promiscuous)}
        hint={t(m.promiscuousHint)}
        checked={live.promiscuous}
        onChange={(promiscuous) => {
          change({ promiscuous })
        }}
      />
      <Checkbox
        label={t(m.monitor)}
        hint={t(m.monitorHint)}
        checked={live.monitor}
        onChange={(monitor) => {
          change({ monitor })
        }}
      />
      <NumberField
        label={t(m.buffer)}
        value={live.bufferMiB}
        least={1}
        most={2047}
        onChange={(bufferMiB) => {
          change({ bufferMiB })
        }}
      />
      <div className="nf">
        <span>{t(m.backend)}</span>
        <Select
          label={t(m.backend)}
          value={live.backend}
          options={backends}
          onChange={(backend) => {
            change({ backend })
          }}
        />
      </div>
    </>
  )
}

/** A name, the present choice, and the fields behind it. */
function Cell({ name, value, children }: { readonly name: PlainMessage; readonly value: string; readonly children: ReactNode }) {
  const t = useT()
  const id = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <button
        type="button"
        id={id}
        className="rec-cell"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => {
          setAnchor(anchor === null ? event.currentTarget : null)
        }}
      >
        <span className="f3 t11">{t(name)}</span>
        <span className="rec-value">
          <span className="cut">{value}</span>
          <Icon icon={ChevronDown} size="small" />
        </span>
      </button>
      {anchor !== null && (
        <Popover
          anchor={{ element: anchor }}
          role="dialog"
          label={t(name)}
          className="rec-pop"
          onClose={() => {
            setAnchor(null)
          }}
        >
          {children}
        </Popover>
      )}
    </>
  )
}

function Numbers<K extends string>({
  values,
  names,
  onChange,
}: {
  readonly values: Readonly<Record<K, number>>
  readonly names: Readonly<Record<K, PlainMessage>>
  readonly onChange: (values: Record<K, number>) => void
}) {
  const t = useT()
  return (
    <div className="rec-numbers">
      {(Object.keys(names) as K[]).map((key) => (
        <NumberField
          key={key}
          label={t(names[key])}
          value={values[key]}
          most={10 ** 6}
          onChange={(value) => {
            onChange({ ...values, [key]: value })
          }}
        />
      ))}
    </div>
  )
}

function NumberField({
  label,
  hint,
  value,
  least = 0,
  most,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: number
  readonly least?: number
  readonly most: number
  readonly onChange: (value: number) => void
}) {
  // What is typed is kept as it is; only a usable number is taken.
  const [text, setText] = useState(value === 0 ? '' : String(value))
  return (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      value={text}
      onChange={(next) => {
        const digits = next.replace(/\D/g, '').slice(0, 12)
        setText(digits)
        const number = Number(digits)
        if (number >= least && number <= most) onChange(number)
      }}
      onBlur={() => {
        setText(value === 0 ? '' : String(value))
      }}
    />
  )
}
