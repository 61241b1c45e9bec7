import type { ComponentChildren } from 'preact'
import { type Address, toUrl } from './address'
import { goTo } from './useAddress'

interface LinkProperties {
  readonly to: Address
  readonly class?: string
  readonly current?: boolean
  readonly children: ComponentChildren
}

/** A link within the console: opens in place, and in another tab when asked to. */
export function Link({ to, current = false, children, ...rest }: LinkProperties) {
  const open = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <a href={toUrl(to)} onClick={open} aria-current={current ? 'page' : undefined} {...rest}>
      {children}
    </a>
  )
}
