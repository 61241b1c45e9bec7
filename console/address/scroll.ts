// Whoever goes back goes on where he was. The browser cannot see to it: what was there has yet to be asked for.

/** Notes with the present step of the history how far the page is scrolled. */
export function keepScroll(): void {
  history.replaceState({ scroll: scrollY }, '')
}

/** Scrolls to what is noted with the present step, as soon as the page is long enough, unless the reader acts first. */
export function restoreScroll(): void {
  const scroll: unknown = history.state?.scroll
  if (typeof scroll !== 'number' || scroll === 0) return
  const watch = new ResizeObserver(() => {
    scrollTo(0, scroll)
    if (Math.abs(scrollY - scroll) < 2) stop()
  })
  const stop = (): void => {
    watch.disconnect()
    for (const event of ACTIONS) removeEventListener(event, stop)
  }
  for (const event of ACTIONS) addEventListener(event, stop)
  watch.observe(document.body)
}

const ACTIONS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const
