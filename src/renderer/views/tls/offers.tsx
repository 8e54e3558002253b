// All that the client offered, with what was chosen of it.
import type { TlsConnection, TlsOffer } from '../../../shared/contract'
import { tlsMessages as m } from '../../app/i18n/tls'
import type { PlainMessage } from '../../app/i18n/messages'
import { useT } from '../../app/i18n/use-t'

/** The lists. */
export function Offers({ connection }: { readonly connection: TlsConnection }) {
  const t = useT()
  const { offers } = connection
  if (offers === null)
    return (
      <section className="tl-section" aria-label={t(m.offers)}>
        <h3>{t(m.offers)}</h3>
        <p className="f3">{t(m.noHello)}</p>
      </section>
    )
  const lists: readonly (readonly [PlainMessage, readonly TlsOffer[]])[] = [
    [m.offerVersions, offers.versions],
    [m.offerSuites, offers.suites],
    [m.offerGroups, offers.groups],
    [m.offerShares, offers.keyShares],
    [m.offerSignatures, offers.signatures],
    [m.offerAlpn, offers.alpn],
    [m.offerExtensions, offers.extensions],
  ]
  return (
    <section className="tl-section" aria-label={t(m.offers)}>
      <h3>{t(m.offers)}</h3>
      <div className="tl-offers">
        {lists.map(
          ([name, list]) =>
            list.length > 0 && (
              <div key={list[0]?.name + t(name)}>
                <h4>
                  {t(name)} <span className="f3">{list.length}</span>
                </h4>
                <ul>
                  {list.map((offer, index) => (
                    <li key={index} className={offer.chosen ? 'chosen' : offer.grease ? 'grease' : ''}>
                      <span className="mono">{offer.name}</span>
                      {offer.chosen && <span className="visually-hidden">{t(m.chosen)}</span>}
                      {offer.chosen && <span aria-hidden="true"> ✓</span>}
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )}
      </div>
    </section>
  )
}
