import { namedTypes } from '../shared/description/edmTypes'
import { type EdmType, isRequired, MAX_ELEMENTS, type Property, type Structure } from '../shared/schemas/property'
import type { Resource } from '../shared/schemas/resource'
import { INT32_MAX, INT32_MIN } from '../shared/schemas/types'
import { escapeHtml, section, sentence } from './markup'

/** Every resource with its properties, and the types that they are made of. */
export function resourceSections(resources: readonly Resource[]): string {
  const types = [...namedTypes(resources)].map(([name, type]) => {
    const content = type.kind === 'enum' ? `<p>One of ${list(type.members)}.</p>` : table(type, false)
    return section(`type-${name}`, name, content, 4)
  })
  const all = resources.map(resourceSection)
  return [...all, `<h3 id="types">Types</h3><p>Every member of these may be left out, and null.</p>`, ...types].join('')
}

function resourceSection(resource: Resource): string {
  const { name, describe, route, permissions, open } = resource
  const content = [
    `<p>${sentence(describe)}</p>`,
    `<p class="facts"><span><b>Address</b> <code>/beta/${escapeHtml(route)}</code></span>`,
    `<span><b>To write</b> <code>${permissions.write}</code></span><span><b>To read</b> <code>${permissions.read}</code> or the one to write</span></p>`,
    table(resource, true),
    open ? '<p>This is an open type: other properties are stored and returned as they were sent.</p>' : '',
  ]
  return section(`resource-${name}`, name, content.join(''), 3)
}

function table({ properties }: Structure, isResource: boolean): string {
  const rows = [...properties.values()].map((property) => row(property, isResource)).join('')
  const head = ['Property', 'Type', ...(isResource ? ['On create'] : []), 'What it is for'].map(
    (title) => `<th scope="col">${title}</th>`,
  )
  return `<div class="scroll" tabindex="0"><table class="properties"><thead><tr>${head.join('')}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function row(property: Property, isResource: boolean): string {
  const { name, type, collection, describe = '' } = property
  const kind = collection ? `collection of ${typeText(type)}, at most ${MAX_ELEMENTS}` : typeText(type)
  const uses = [...(property.filter === true ? ['$filter'] : []), ...(property.order === true ? ['$orderby'] : [])]
  const marks = uses.map((use) => ` <span class="mark">${use}</span>`).join('')
  const cells = [
    `<td>${kind}</td>`,
    ...(isResource ? [`<td>${presence(property)}</td>`] : []),
    `<td>${sentence(describe)}${marks}</td>`,
  ]
  return `<tr><th scope="row"><code>${name}</code></th>${cells.join('')}</tr>`
}

function presence(property: Property): string {
  const { computed, initial } = property
  if (computed === true) return 'set by the service'
  if (isRequired(property)) return '<b>required</b>'
  return typeof initial === 'string' ? `optional, <code>${initial}</code>` : 'optional'
}

function typeText(type: EdmType): string {
  if (type.kind !== 'primitive') return `<a href="#type-${type.name}">${type.name}</a>`
  const { name, minLength, maxLength, minimum, guid } = type
  if (name === 'Edm.Guid' || guid === 'always') return 'GUID'
  if (name === 'Edm.DateTimeOffset') return 'date and time'
  if (name === 'Edm.Boolean') return 'Boolean'
  if (name === 'Edm.Int32') return minimum === INT32_MIN ? 'Int32' : `Int32, ${minimum} to ${INT32_MAX}`
  return maxLength === undefined ? 'string' : `string, ${minLength ?? 0} to ${maxLength} characters`
}

function list(names: readonly string[]): string {
  return names.map((name) => `<code>${name}</code>`).join(', ')
}
