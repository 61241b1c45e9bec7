import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

interface TitleProperties {
  /** What is shown, for the tab of the browser. */
  readonly text: string
  readonly children?: ComponentChildren
}

/** The heading of a view, and the title of the page. */
export function Title({ text, children }: TitleProperties) {
  useEffect(() => {
    document.title = `${text} – Partner operations ledger`
  }, [text])
  return (
    <div class="title">
      <h1>
        <bdi>{text}</bdi>
      </h1>
      {children}
    </div>
  )
}
