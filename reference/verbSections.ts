import batch from '../examples/batch.json'
import bulk from '../examples/managedTenantOperationResultsBulk.json'
import count from '../examples/managedTenantOperationResultsCount.json'
import list from '../examples/managedTenantOperationResultsList.json'
import create from '../examples/managedTenantOperationsCreate.json'
import remove from '../examples/managedTenantOperationsDelete.json'
import get from '../examples/managedTenantOperationsGet.json'
import patch from '../examples/managedTenantOperationsPatch.json'
import { type BatchFacts, type Operation, pathOf, type VerbFacts } from '../shared/description/operation'
import { code, escapeHtml, section, sentence } from './markup'
import { languages, type Sample } from './snippets'

// A documented request for each verb, under the name of the verb.
const SAMPLES: Readonly<Record<string, Omit<Sample, 'headers'> & { readonly headers?: Sample['headers'] }>> = {
  ...{ create, list, count, get, patch, bulk, batch },
  delete: remove,
}

const ID = '6d2f8a41-93b7-4c05-a8e6-2b71d94f0c53'

/** What each verb does, what it answers, and a request in every language. */
export function verbSections(operations: readonly Operation[]): string {
  const verbs = new Map(operations.map(({ verb }) => [verb.name, verb]))
  return [...verbs.values()].map((verb) => verbSection(verb, operations)).join('')
}

/** The same for batches. */
export function batchSection(facts: BatchFacts): string {
  return requestSection(facts, [`/${facts.route}`])
}

function verbSection(verb: VerbFacts, operations: readonly Operation[]): string {
  const routes = operations.filter((one) => one.verb.name === verb.name).map(pathOf)
  return requestSection(verb, routes)
}

function requestSection(verb: VerbFacts | BatchFacts, routes: readonly string[]): string {
  const method = verb.methods.find((name) => name !== 'HEAD') ?? ''
  const answers = Object.entries(verb.answers).map(
    ([status, facts]) => `<li><b>${status}</b> ${sentence(facts.describe)}</li>`,
  )
  const headers = verb.headers.map(({ name, describe }) => `<li><code>${name}</code> ${sentence(describe)}</li>`)
  const content = [
    `<p>${sentence(verb.describe)}</p>`,
    `<ul class="routes">${routes.map((route) => `<li><code><b>${method}</b> ${escapeHtml(route)}</code></li>`).join('')}</ul>`,
    snippets(verb.name),
    `<h4>Answers</h4><ul>${answers.join('')}</ul>`,
    headers.length === 0 ? '' : `<h4>Headers</h4><ul>${headers.join('')}</ul>`,
  ]
  return section(`verb-${verb.name}`, verb.title, content.join(''), 3)
}

function snippets(verb: string): string {
  const sample = SAMPLES[verb]
  if (sample === undefined) return ''
  const request = { ...sample, path: sample.path.replace('{id}', ID), headers: sample.headers ?? {} }
  return Object.entries(languages)
    .map(([language, { title, write }]) => {
      return `<div class="language" data-language="${language}"><h4>${title}</h4>${code(write(request), language)}</div>`
    })
    .join('')
}
