import { inOrder } from '../shared/description/operation'
import { endpoints } from '../shared/http/register'
import { resources } from '../shared/schemas/resources'
import { documentSection } from './documents'
import { section } from './markup'
import { resourceSections } from './resourceSections'
import { languages } from './snippets'
import { batchSection, verbSections } from './verbSections'

const SECTIONS: readonly (readonly [id: string, title: string])[] = [
  ['start', 'Getting started'],
  ['resources', 'Resources'],
  ['verbs', 'Requests'],
  ['errors', 'Errors'],
  ['reference', 'Try it'],
]

/** The reference page, with placeholders such as `{{origin}}` for what depends on the running service. */
export function renderPage(): string {
  const operations = inOrder(
    endpoints.flatMap(({ operation }) => operation ?? []),
    resources,
  )
  const batches = endpoints.flatMap(({ batch }) => (batch === undefined ? [] : batchSection(batch)))
  const content: Readonly<Record<string, string>> = {
    start: documentSection('docs/clients.md'),
    resources: resourceSections(resources),
    verbs: `<p>Addresses begin with <code>{{origin}}/beta</code> or <code>{{origin}}/v1.0</code>. Every answer has a <code>request-id</code>.</p>${verbSections(operations)}${batches.join('')}`,
    errors: documentSection('docs/errors.md'),
    reference: REFERENCE,
  }
  const sections = SECTIONS.map(([id, title]) => section(id, title, content[id] ?? '')).join('')
  return `<!doctype html>
<html lang="en">
${HEAD}
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><b>Partner operations ledger</b><nav aria-label="Sections">${navigation()}</nav>${controls()}</header>
<main id="content">
<h1>Partner operations ledger</h1>
<p class="lead">A ledger for partners who run operations across many Microsoft 365 customer tenants. It has the shape of Microsoft Graph: whoever knows Graph has nothing to learn.</p>
${TRY}
${sections}
</main>
</body>
</html>
`
}

const HEAD = `<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="authority" content="{{authority}}">
<title>Partner operations ledger: API reference</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/swagger-ui.css">
<link rel="stylesheet" href="/assets/page.css">
<script type="module" src="/assets/page.js"></script>
</head>`

const TRY = `<section id="try" aria-labelledby="try-title"><h2 id="try-title">The first call</h2>
<form id="token-form"><label for="token">Access token</label><textarea id="token" rows="2" autocomplete="off" spellcheck="false" placeholder="eyJ…"></textarea>
<p id="token-help">Paste a token, as <a href="#start">Getting started</a> says how to get one. It stays in this page, and is gone with it.</p>
<button type="submit" class="primary">Create an operation</button></form>
<div id="first-answer" role="status"></div></section>`

const REFERENCE = `<p>Every request with its parameters and answers, from <a href="/beta/openapi.json">openapi.json</a>. The token that stands above under <a href="#try">The first call</a> is sent along.</p>
<div id="swagger-ui">Loading…</div>`

function navigation(): string {
  return SECTIONS.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')
}

function controls(): string {
  const options = Object.entries(languages).map(([name, { title }]) => `<option value="${name}">${title}</option>`)
  return `<div class="controls"><label>Examples in <select id="language">${options.join('')}</select></label><button type="button" id="theme">Dark</button></div>`
}
