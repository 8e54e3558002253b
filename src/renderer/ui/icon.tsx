// Icons: Lucide at the three sizes of the design. Always decorative; the control around an icon has the name.
import type { LucideIcon } from 'lucide-react'

/** Props of Icon: `small` 12 px, `medium` 14 px (default), `large` 18 px. */
export interface IconProps {
  readonly icon: LucideIcon
  readonly size?: 'small' | 'medium' | 'large'
  readonly className?: string
}

/** A decorative icon in the current text colour. */
export function Icon({ icon: Glyph, size = 'medium', className = '' }: IconProps) {
  const sizeClass = size === 'large' ? 'l' : size === 'small' ? 's' : ''
  return <Glyph className={`ic ${sizeClass} ${className}`} aria-hidden="true" focusable="false" />
}
