// What every export of a picture asks: its format, whose colours it has, and how large a PNG is.
import { useState } from 'react'
import { ChevronDown, Download } from 'lucide-react'
import { sequenceMessages as m } from '../../app/i18n/sequence'
import { useT } from '../../app/i18n/use-t'
import { Button } from '../../ui/button'
import { Menu, useMenuAnchor, type MenuItem } from '../../ui/menu'

/** How a picture is drawn. */
export interface PictureLook {
  readonly theme: 'dark' | 'light' | 'print'
  /** Times the size, for PNG. */
  readonly scale: number
}

/** The button and its menu. `before` and `after` are entries around the formats. */
export function PictureMenu<F extends string>({
  title,
  disabled,
  formats,
  before = [],
  after = [],
  onExport,
}: {
  readonly title: string
  readonly disabled: boolean
  readonly formats: readonly { readonly format: F; readonly label: string }[]
  readonly before?: readonly MenuItem[]
  readonly after?: readonly MenuItem[]
  readonly onExport: (format: F, look: PictureLook) => void
}) {
  const t = useT()
  const { anchor, openAt, close } = useMenuAnchor()
  const [print, setPrint] = useState(true)
  const [scale, setScale] = useState(2)
  return (
    <>
      <Button
        icon={Download}
        disabled={disabled}
        aria-haspopup="menu"
        onClick={(event) => {
          openAt({ element: event.currentTarget })
        }}
      >
        {t(m.export)}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {anchor !== null && !disabled && (
        <Menu
          label={title}
          anchor={anchor}
          end
          onClose={close}
          items={[
            ...before,
            { kind: 'heading', id: 'title', label: title },
            ...formats.map(({ format, label }) => ({
              id: format,
              label,
              onSelect: () => {
                onExport(format, { theme: print ? 'print' : screenTheme(), scale })
              },
            })),
            ...after,
            { kind: 'separator', id: 'line' },
            { kind: 'heading', id: 'colours', label: t(m.colours) },
            {
              id: 'print',
              label: t(m.colourPrint),
              checked: print,
              radio: true,
              onSelect: () => {
                setPrint(true)
              },
            },
            {
              id: 'theme',
              label: t(m.colourTheme),
              checked: !print,
              radio: true,
              onSelect: () => {
                setPrint(false)
              },
            },
            { kind: 'heading', id: 'scales', label: t(m.pngScale) },
            ...[1, 2, 3, 4].map((times) => ({
              id: `scale-${times}`,
              label: t(m.times, { scale: String(times) }),
              checked: scale === times,
              radio: true,
              onSelect: () => {
                setScale(times)
              },
            })),
          ]}
        />
      )}
    </>
  )
}

function screenTheme(): 'dark' | 'light' {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}
