// Progress bar, and the rule that nothing shows for the first 150 ms of loading.
import { useEffect, useState } from 'react'

/** A thin bar. `share` from 0 to 1, or null when unknown. */
export function ProgressBar({ share, label }: { readonly share: number | null; readonly label: string }) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={`bar-track ${share === null ? 'busy' : ''}`}
    >
      <i style={{ width: percent === undefined ? '30%' : `${String(percent)}%` }} />
    </div>
  )
}

/** True once `active` has lasted `ms`: loading that ends sooner shows nothing. */
export function useDelayed(active: boolean, ms = 150): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!active) return undefined
    const timer = setTimeout(() => {
      setLate(true)
    }, ms)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [active, ms])
  return active && late
}
