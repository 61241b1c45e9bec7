import { useState } from 'preact/hooks'

/** Copies a text; says so. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [said, setSaid] = useState('')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text())
      setSaid('Copied')
    } catch {
      setSaid('The browser does not allow it')
    }
    setTimeout(() => setSaid(''), 2000)
  }
  return (
    <button type="button" onClick={() => void copy()}>
      <span role="status">{said === '' ? label : said}</span>
    </button>
  )
}
