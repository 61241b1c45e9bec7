/** Text as HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A sentence with code in backticks as HTML. */
export function sentence(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

/** Code that can be copied. */
export function code(text: string, language: string): string {
  return `<div class="code"><button type="button" class="copy" aria-label="Copy">Copy</button><pre tabindex="0"><code class="${language}">${escapeHtml(text)}</code></pre></div>`
}

/** A section with its heading; `id` is its anchor. */
export function section(id: string, title: string, content: string, level = 2): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h${level} id="${id}-title"><a href="#${id}">${escapeHtml(title)}</a></h${level}>${content}</section>`
}
