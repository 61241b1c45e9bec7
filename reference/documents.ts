import { readFileSync } from 'node:fs'
import { Marked } from 'marked'
import { code } from './markup'
import { languages } from './snippets'

// What the pages name by way of example, and what stands there when the page is served.
const PLACES: readonly (readonly [string, string])[] = [
  ['https://ledger.contoso.com', '{{origin}}'],
  ['https://login.microsoftonline.com', '{{authority}}'],
  ['api://partner-operations-ledger', '{{audience}}'],
]

const marked = new Marked({
  renderer: {
    code: ({ text, lang = '' }) => code(text, lang),
    heading({ tokens, depth, text }) {
      // The title of the page is that of its section.
      if (depth === 1) return ''
      const id = text.toLowerCase().replace(/[^\w]+/g, '-')
      return `<h${depth + 1} id="${id}">${this.parser.parseInline(tokens)}</h${depth + 1}>`
    },
    // Links between pages of the repository lead nowhere here.
    link: ({ href, text }) => (/^(https?:|#)/.test(href) ? `<a href="${href}">${text}</a>` : text),
  },
})

/** A page of `docs/` as HTML, with the addresses of the running service in it. */
export function documentSection(path: string): string {
  const html = marked.parse(readFileSync(path, 'utf8'), { async: false })
  const scrolling = html
    .replaceAll('<table>', '<div class="scroll" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
  return PLACES.reduce((text, [example, place]) => text.replaceAll(example, place), byLanguage(scrolling))
}

// What stands under the name of a language is shown to whoever has chosen it.
function byLanguage(html: string): string {
  return Object.entries(languages).reduce((text, [language, { title }]) => {
    const heading = new RegExp(`<h4 id="[^"]*">${title.replace(/[#]/g, '\\#')}</h4>[\\s\\S]*?(?=<h[2-4] |$)`, 'g')
    return text.replace(heading, (part) => `<div class="language" data-language="${language}">${part}</div>`)
  }, html)
}
