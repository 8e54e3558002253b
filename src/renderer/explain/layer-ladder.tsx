// The packet's layers as a ladder: OSI's seven, TCP/IP's four, or both side by side.
import { useState } from 'react'
import type { PacketDetail, TreeRow } from '../../shared/contract'
import { explainMessages as m } from '../app/i18n/explain'
import { useLanguage, useT } from '../app/i18n/use-t'
import { Segmented } from '../ui/button'
import type { Both } from './card'
import { layerLadder, osiLayer, TCP_IP_PARTS } from './layers'

type Mode = 'both' | 'seven' | 'four'

/** The ladder of one packet; the layer of `row` is framed. */
export function LayerLadder({ packet, row }: { readonly packet: PacketDetail; readonly row: TreeRow }) {
  const t = useT()
  const language = useLanguage()
  const [mode, setMode] = useState<Mode>('both')
  const say = (text: Both): string => (language === 'zh' ? text[1] : text[0])
  const rungs = layerLadder(packet, row.protocol)
  const layer = row.protocol === 'frame' || row.protocol === '' ? 0 : osiLayer(row.protocol)
  const note = layer === 0 ? m.byNobody : layer === 2 ? m.byLink : layer === 3 ? m.byRouters : m.byHosts
  return (
    <section aria-label={t(m.layersOf, { number: packet.number })}>
      <div className="row g8 ex-ladder-head">
        <h3 className="cap">{t(m.layersOf, { number: packet.number })}</h3>
        <span className="sp" />
        <Segmented
          label={t(m.ladder)}
          value={mode}
          className="small"
          options={[
            { value: 'both', name: t(m.both) },
            { value: 'seven', name: t(m.seven) },
            { value: 'four', name: t(m.four) },
          ]}
          onChange={setMode}
        />
      </div>
      <div className={`lad7 ${mode}`}>
        <div className="l7h">
          {mode !== 'four' && <span>{t(m.osi)}</span>}
          {mode !== 'four' && <span>{t(m.inPacket)}</span>}
          {mode !== 'four' && <span>{t(m.device)}</span>}
          {mode !== 'seven' && <span>{t(m.tcpIp)}</span>}
        </div>
        {mode !== 'four' &&
          rungs.map((rung) => (
            <div
              key={rung.number}
              className={`l7 ${rung.content === null ? 'off' : rung.color} ${rung.current ? 'cur' : ''}`}
              style={{ gridRow: 9 - rung.number }}
              aria-current={rung.current ? 'true' : undefined}
            >
              <span>
                <i>{rung.number}</i>
                {say(rung.name)}
              </span>
              <span className="mono cut" title={rung.content ?? undefined}>
                {rung.content ?? (rung.number === 1 ? t(m.notCaptured) : t(m.none))}
              </span>
              <span className="f2">{say(rung.device)}</span>
            </div>
          ))}
        {mode !== 'seven' &&
          TCP_IP_PARTS.map((part) => {
            const members = rungs.filter((rung) => rung.number <= part.top && rung.number >= part.bottom)
            const filled = members.find((rung) => rung.content !== null)
            return (
              <div
                key={part.name[0]}
                className={`l4 ${filled?.color ?? 'off'} ${members.some((rung) => rung.current) ? 'cur' : ''}`}
                style={{ gridRow: `${String(9 - part.top)} / ${String(10 - part.bottom)}` }}
              >
                <b>{say(part.name)}</b>
                {mode === 'four' && (
                  <span className="mono cut">
                    {members
                      .map((rung) => rung.content)
                      .filter((text) => text !== null)
                      .join(', ') || t(m.none)}
                  </span>
                )}
              </div>
            )
          })}
      </div>
      <p className="ex-note f3 t11">{t(note)}</p>
    </section>
  )
}
