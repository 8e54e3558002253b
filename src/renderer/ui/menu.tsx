// Menus: a list of actions in a popover, opened by a button or at the pointer. Arrow keys, Home, End and type-ahead; disabled items say why.
import { useEffect, useRef, useState } from 'react'
import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import { Icon } from './icon'
import { Key } from './button'
import { Popover, type Anchor } from './popover'

/** One entry of a menu. A `reason` is shown instead of the shortcut while the entry is disabled. */
export type MenuItem =
  | {
      readonly kind?: 'item'
      readonly id: string
      readonly label: string
      readonly icon?: LucideIcon | undefined
      readonly shortcut?: string | undefined
      readonly disabled?: boolean | undefined
      readonly reason?: string | undefined
      /** Set for entries that switch something: check mark and role menuitemcheckbox, or menuitemradio with `radio`. */
      readonly checked?: boolean | undefined
      readonly radio?: boolean | undefined
      readonly danger?: boolean | undefined
      readonly onSelect: () => void
    }
  | {
      readonly kind: 'menu'
      readonly id: string
      readonly label: string
      readonly icon?: LucideIcon | undefined
      readonly items: readonly MenuItem[]
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string }

/** Props of Menu. */
export interface MenuProps {
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly anchor: Anchor
  readonly onClose: () => void
  readonly end?: boolean
}

/** A menu at an anchor. It closes itself before the chosen action runs, so the action may open something else. */
export function Menu({ label, items, anchor, onClose, end = false }: MenuProps) {
  return (
    <Popover anchor={anchor} onClose={onClose} end={end} className="menu-pop">
      <MenuList label={label} items={items} onClose={onClose} />
    </Popover>
  )
}

function selectable(item: MenuItem | undefined): boolean {
  return item !== undefined && (item.kind === 'menu' || ((item.kind === undefined || item.kind === 'item') && item.disabled !== true))
}

function MenuList({
  label,
  items,
  onClose,
  onBack,
}: {
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly onClose: () => void
  readonly onBack?: () => void
}) {
  const [active, setActive] = useState(() => items.findIndex(selectable))
  const [open, setOpen] = useState<{ index: number; element: HTMLElement } | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const typed = useRef({ text: '', at: 0 })

  useEffect(() => {
    list.current?.focus({ preventScroll: true })
  }, [])

  const move = (by: number): void => {
    let next = active
    for (let step = 0; step < items.length; step++) {
      next = (next + by + items.length) % items.length
      if (selectable(items[next])) {
        setActive(next)
        list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
        return
      }
    }
  }
  const choose = (index: number): void => {
    const item = items[index]
    if (item === undefined || !selectable(item)) return
    if (item.kind === 'menu') {
      const element = list.current?.children[index]
      if (element instanceof HTMLElement) setOpen({ index, element })
      return
    }
    if (item.kind === undefined || item.kind === 'item') {
      onClose()
      item.onSelect()
    }
  }
  const typeAhead = (key: string, now: number): void => {
    typed.current = { text: (now - typed.current.at < 800 ? typed.current.text : '') + key.toLowerCase(), at: now }
    const hit = items.findIndex((item) => selectable(item) && 'label' in item && item.label.toLowerCase().startsWith(typed.current.text))
    if (hit >= 0) setActive(hit)
  }
  return (
    <>
      <ul
        ref={list}
        role="menu"
        aria-label={label}
        tabIndex={0}
        className="menu"
        aria-activedescendant={active >= 0 ? `menu-${items[active]?.id ?? ''}` : undefined}
        onKeyDown={(event) => {
          const { key } = event
          if (key === 'ArrowDown') move(1)
          else if (key === 'ArrowUp') move(-1)
          else if (key === 'Home') setActive(items.findIndex(selectable))
          else if (key === 'End') setActive(items.findLastIndex(selectable))
          else if (key === 'Enter' || key === ' ') choose(active)
          else if (key === 'ArrowRight' && items[active]?.kind === 'menu') choose(active)
          else if (key === 'ArrowLeft' && onBack !== undefined) onBack()
          else if (key === 'Tab') onClose()
          else if (key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) typeAhead(key, event.timeStamp)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        {items.map((item, index) => {
          if (item.kind === 'separator') return <li key={item.id} role="separator" className="menu-sep" />
          if (item.kind === 'heading')
            return (
              <li key={item.id} role="presentation" className="menu-head">
                {item.label}
              </li>
            )
          const isMenu = item.kind === 'menu'
          const disabled = !isMenu && item.disabled === true
          const checked = isMenu ? undefined : item.checked
          const role = checked === undefined ? 'menuitem' : !isMenu && item.radio === true ? 'menuitemradio' : 'menuitemcheckbox'
          return (
            <li
              key={item.id}
              id={`menu-${item.id}`}
              role={role}
              aria-checked={checked}
              aria-disabled={disabled || undefined}
              aria-haspopup={isMenu ? 'menu' : undefined}
              className={`menu-item ${index === active ? 'on' : ''} ${disabled ? 'off' : ''} ${!isMenu && item.danger === true ? 'bad' : ''}`}
              onPointerMove={() => {
                if (active !== index && selectable(item)) setActive(index)
                if (open !== null && open.index !== index) setOpen(null)
              }}
              onClick={() => {
                choose(index)
              }}
            >
              <span className="menu-icon">
                {checked === true ? <Icon icon={Check} /> : item.icon === undefined ? null : <Icon icon={item.icon} />}
              </span>
              <span className="cut">{item.label}</span>
              {isMenu ? (
                <Icon icon={ChevronRight} size="small" />
              ) : disabled && item.reason !== undefined ? (
                <span className="f3 t11">{item.reason}</span>
              ) : item.shortcut === undefined ? (
                <span />
              ) : (
                <Key>{item.shortcut}</Key>
              )}
            </li>
          )
        })}
      </ul>
      {open !== null && (
        <SubMenu
          parent={open.element}
          item={items[open.index]}
          onClose={onClose}
          onBack={() => {
            setOpen(null)
            list.current?.focus()
          }}
        />
      )}
    </>
  )
}

function SubMenu({
  parent,
  item,
  onClose,
  onBack,
}: {
  readonly parent: HTMLElement
  readonly item: MenuItem | undefined
  readonly onClose: () => void
  readonly onBack: () => void
}) {
  const [anchor] = useState<Anchor>(() => {
    const box = parent.getBoundingClientRect()
    const rightFits = box.right + 240 < window.innerWidth
    return { x: rightFits ? box.right - 2 : Math.max(4, box.left - 238), y: box.top - 4 }
  })
  if (item?.kind !== 'menu') return null
  return (
    <Popover anchor={anchor} onClose={onBack} className="menu-pop">
      <MenuList label={item.label} items={item.items} onClose={onClose} onBack={onBack} />
    </Popover>
  )
}

/** State of a menu that a component opens at an element or point: spread it into <Menu>. */
export function useMenuAnchor(): {
  readonly anchor: Anchor | null
  readonly openAt: (anchor: Anchor) => void
  readonly close: () => void
} {
  const [anchor, setAnchor] = useState<Anchor | null>(null)
  const [close] = useState(() => () => {
    setAnchor(null)
  })
  return { anchor, openAt: setAnchor, close }
}
