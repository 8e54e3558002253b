// Layer bar above the bytes: one block a layer, as wide as its share allows; a click selects the layer.
import type { PacketDetail } from '../../../shared/contract'
import { packetsMessages as m } from '../../app/i18n/packets'
import { useT } from '../../app/i18n/use-t'
import type { CaptureSession } from '../../model/capture-session'
import { useSelected, useStore } from '../../model/store'
import { Tooltip } from '../../ui/tooltip'
import { protocolClass } from './tree-model'
import { selectField } from './use-tree'

/** Layers of the packet, and what is selected. */
export function LayerBar({ session, packet }: { readonly session: CaptureSession; readonly packet: PacketDetail }) {
  const t = useT()
  const field = useStore(session.field)
  const row = useSelected(session.field, (value) => packet.tree[value.row] ?? null)
  const layers = packet.layers.filter((layer) => layer.end > layer.start && layer.source === field.source)
  const shown = layers.length > 0 ? layers : packet.layers.filter((layer) => layer.source === 0)
  return (
    <div className="layers">
      <div role="group" aria-label={t(m.layers)} className="layer-blocks">
        {shown.map((layer, index) => (
          <Tooltip
            key={`${layer.protocol}-${String(layer.start)}`}
            text={t(m.layer, { name: layer.title, count: layer.end - layer.start })}
          >
            <button
              type="button"
              className={`p-${protocolClass(layer.protocol)}`}
              aria-label={t(m.layer, { name: layer.title, count: layer.end - layer.start })}
              style={index === shown.length - 1 ? { flex: '1 1 0' } : undefined}
              onClick={() => {
                const target = packet.tree.findIndex(
                  (item) => item.depth === 0 && item.protocol === layer.protocol && item.start === layer.start,
                )
                if (target >= 0) selectField(session, target)
              }}
            >
              {layer.short} {layer.end - layer.start}
            </button>
          </Tooltip>
        ))}
      </div>
      {row !== null && row.end > row.start && (
        <span className="f3 cut">
          {t(m.bytesOf, {
            field: row.field === '' ? row.protocol : row.field,
            count: row.end - row.start,
            offset: `0x${row.start.toString(16).padStart(4, '0')}`,
          })}
        </span>
      )}
    </div>
  )
}
