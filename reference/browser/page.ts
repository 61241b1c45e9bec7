import { type Spec, showReference, toLocalSpec } from './reference'
import { readToken, tenantOf } from './token'

// The script of the reference page: language of the examples, light and dark mode, copying, requests.

const element = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`)
  return found
}

const showLanguage = (language: string): void => {
  for (const part of document.querySelectorAll<HTMLElement>('[data-language]')) {
    part.hidden = part.dataset.language !== language
  }
}

const setTheme = (isDark: boolean): void => {
  document.documentElement.classList.toggle('dark-mode', isDark)
  document.documentElement.classList.toggle('light-mode', !isDark)
  element('theme', HTMLButtonElement).textContent = isDark ? 'Light' : 'Dark'
}

const copy = async (button: HTMLElement): Promise<void> => {
  await navigator.clipboard.writeText(button.parentElement?.querySelector('code')?.textContent ?? '')
  button.textContent = 'Copied'
  setTimeout(() => {
    button.textContent = 'Copy'
  }, 2000)
}

const listenToControls = (): void => {
  const language = element('language', HTMLSelectElement)
  language.addEventListener('change', () => showLanguage(language.value))
  showLanguage(language.value)
  const theme = element('theme', HTMLButtonElement)
  theme.addEventListener('click', () => setTheme(!document.documentElement.classList.contains('dark-mode')))
  setTheme(matchMedia('(prefers-color-scheme: dark)').matches)
  document.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLElement && target.classList.contains('copy')) void copy(target)
  })
}

let spec: Promise<Spec> | undefined
const loadSpec = (): Promise<Spec> => {
  spec ??= fetch('/beta/openapi.json').then((response) => response.json())
  return spec
}

const createFirst = async (token: string): Promise<void> => {
  const { paths } = toLocalSpec(await loadSpec(), tenantOf(token))
  const body = paths['/managedTenantOperations']?.post?.requestBody?.content['application/json']?.example
  const response = await fetch('/beta/managedTenantOperations', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token !== '' && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  const answer = element('first-answer', HTMLDivElement)
  const pre = document.createElement('pre')
  pre.tabIndex = 0
  pre.textContent = `HTTP ${response.status} ${response.statusText}\n\n${JSON.stringify(await response.json(), null, 2)}`
  answer.replaceChildren(pre)
  answer.dataset.status = String(response.status)
}

const open = async (token: HTMLTextAreaElement): Promise<void> => {
  const document = toLocalSpec(await loadSpec(), tenantOf(token.value.trim()))
  await showReference(document, () => token.value.trim())
}

const listenToRequests = (token: HTMLTextAreaElement): void => {
  element('token-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void createFirst(token.value.trim())
  })
  // Half a megabyte, loaded when the reader scrolls near it.
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      void open(token)
    },
    { rootMargin: '600px' },
  )
  observer.observe(element('swagger-ui', HTMLDivElement))
}

listenToControls()
const token = element('token', HTMLTextAreaElement)
const given = await readToken()
if (given !== undefined) {
  token.value = given
  element('token-help', HTMLParagraphElement).textContent = 'This token comes from npm start and is valid for an hour.'
}
listenToRequests(token)
