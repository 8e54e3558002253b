// Cards of the TLS view: a title, a list of facts, and evidence.
import type { ReactNode } from 'react'
import { tlsMessages as m } from '../../app/i18n/tls'
import { useT } from '../../app/i18n/use-t'
import { PacketLink } from '../../ui/chip'

/** A card. */
export function Card({ title, end, children }: { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="tl-card" aria-label={title}>
      <h3>
        {title}
        <span className="sp" />
        {end}
      </h3>
      {children}
    </section>
  )
}

/** Facts: names and values; those without a value are left out. */
export function FactList({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="tl-facts">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** A packet as evidence. */
export function Evidence({ frame, onPacket }: { readonly frame: number; readonly onPacket: (frame: number) => void }) {
  const t = useT()
  return <PacketLink number={frame} label={t(m.openPacket, { number: frame })} onOpen={onPacket} />
}
