import { readFileSync } from 'node:fs'
import { Marked } from 'marked'
import { code } from './markup'
import { languages } from './snippets'

// Example values in the pages, and the values that replace them when a page is served.
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
    // Links between pages of the repository do not work here.
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

// A section named after a language is shown to readers who have chosen it.
function byLanguage(html: string): string {
  return Object.entries(languages).reduce((text, [language, { title }]) => {
    const heading = new RegExp(`<h4 id="[^"]*">${title.replace(/[#]/g, '\\#')}</h4>[\\s\\S]*?(?=<h[2-4] |$)`, 'g')
    return text.replace(heading, (part) => `<div class="language" data-language="${language}">${part}</div>`)
  }, html)
}
