// What the helper no longer needs once its interfaces are open.
import koffi from 'koffi'

const VERSION_3 = 0x20080522
/** Writing files of the user's folders stays possible for a helper that root started; changing a wireless mode back needs CAP_NET_ADMIN. */
const CAP_DAC_OVERRIDE = 1 << 1
const CAP_FOWNER = 1 << 3
const CAP_NET_ADMIN = 1 << 12

/** Linux: gives up every capability that writing files does not need, so that this thread can open no further interface. */
export function dropPrivileges(keepsMonitorMode: boolean): void {
  const c = koffi.load(null)
  const capget: (header: Uint32Array, data: Uint32Array) => number = c.func('int capget(uint32_t *header, _Inout_ uint32_t *data)')
  const capset: (header: Uint32Array, data: Uint32Array) => number = c.func('int capset(uint32_t *header, uint32_t *data)')
  const header = Uint32Array.of(VERSION_3, 0)
  const data = new Uint32Array(6)
  if (capget(header, data) !== 0) return
  const kept = CAP_DAC_OVERRIDE | CAP_FOWNER | (keepsMonitorMode ? CAP_NET_ADMIN : 0)
  const permitted = (data[1] ?? 0) & kept
  capset(header, Uint32Array.of(permitted, permitted, 0, 0, 0, 0))
}
