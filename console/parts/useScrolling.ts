import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Lets the keyboard reach those cells of a table that scroll, which depends on their width. */
export function useScrolling(table: RefObject<HTMLTableElement | null>, rows: readonly unknown[]): void {
  useEffect(() => {
    const { current } = table
    if (current === null) return
    const observer = new ResizeObserver(() => current.querySelectorAll('td > div').forEach(letReach))
    observer.observe(current)
    return () => observer.disconnect()
  }, [rows])
}

function letReach(cell: Element): void {
  if (cell.scrollHeight > cell.clientHeight) cell.setAttribute('tabindex', '0')
  else cell.removeAttribute('tabindex')
}
