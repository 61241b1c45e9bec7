/** A request that a reader may copy; the address without its origin. */
export interface Sample {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** The languages that every request is shown in, and how each writes one. The token is in `TOKEN`, or `token`. */
export const languages = {
  curl: { title: 'curl', write: curl },
  powershell: { title: 'PowerShell', write: powershell },
  csharp: { title: 'C#', write: csharp },
  python: { title: 'Python', write: python },
  typescript: { title: 'TypeScript', write: typescript },
} as const

/** The placeholder for the origin of the service until the page is served. */
export const ORIGIN = '{{origin}}'

const isText = ({ path }: Sample): boolean => path.includes('/$count')

function json(value: unknown, indent = ''): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)
}

function curl({ method, path, headers, body }: Sample): string {
  const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
  const lines = [
    `curl -X ${method} ${shell(url(path))}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${shell(json(body))}`]),
  ]
  return lines.join(' \\\n  ')
}

function powershell({ method, path, headers, body }: Sample): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
  const others = Object.entries(headers).filter(([name]) => name !== 'Content-Type')
  const given = others.map(([name, value]) => `; ${quote(name)} = ${quote(value)}`).join('')
  const lines = [
    ...(body === undefined ? [] : [`$body = @'\n${json(body)}\n'@`]),
    `Invoke-RestMethod -Method ${method} -Uri ${quote(url(path))} \``,
    `  -Headers @{ Authorization = "Bearer $env:TOKEN"${given} }${body === undefined ? '' : ' `'}`,
    ...(body === undefined ? [] : ["  -ContentType 'application/json' -Body ([Text.Encoding]::UTF8.GetBytes($body))"]),
  ]
  return lines.join('\n')
}

function csharp({ method, path, headers, body }: Sample): string {
  const others = Object.entries(headers).filter(([name]) => name !== 'Content-Type')
  const name = method.charAt(0) + method.slice(1).toLowerCase()
  const lines = [
    'using var http = new HttpClient();',
    `using var request = new HttpRequestMessage(HttpMethod.${name}, ${JSON.stringify(url(path))});`,
    'request.Headers.Authorization = new("Bearer", token);',
    ...others.map(([key, value]) => `request.Headers.Add(${JSON.stringify(key)}, ${JSON.stringify(value)});`),
    ...(body === undefined
      ? []
      : [
          `request.Content = new StringContent("""\n    ${json(body, '    ')}\n    """, Encoding.UTF8, "application/json");`,
        ]),
    'using var response = await http.SendAsync(request);',
    'Console.WriteLine(await response.Content.ReadAsStringAsync());',
  ]
  return lines.join('\n')
}

function python({ method, path, headers, body }: Sample): string {
  const all = Object.entries(headers).map(([name, value]) => `, ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  const lines = [
    'import json, os, urllib.request',
    '',
    'request = urllib.request.Request(',
    `    ${JSON.stringify(url(path).replaceAll(' ', '%20'))},`,
    `    method="${method}",`,
    `    headers={"Authorization": f"Bearer {os.environ['TOKEN']}"${all.join('')}},`,
    ...(body === undefined ? [] : [`    data=json.dumps(${pythonLiteral(body, '    ')}).encode(),`]),
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    print(response.status, response.read().decode())',
  ]
  return lines.join('\n')
}

// JSON strings are valid Python strings.
function pythonLiteral(value: unknown, indent: string): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  const deeper = `${indent}  `
  const items = Array.isArray(value)
    ? value.map((item) => pythonLiteral(item, deeper))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${pythonLiteral(item, deeper)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return items.length === 0 ? `${open}${close}` : `${open}\n${deeper}${items.join(`,\n${deeper}`)}\n${indent}${close}`
}

function typescript(sample: Sample): string {
  const { method, path, headers, body } = sample
  const all = Object.entries(headers).map(([name, value]) => `, '${name}': '${value.replaceAll("'", "\\'")}'`)
  const lines = [
    `const response = await fetch(${JSON.stringify(url(path))}, {`,
    `  method: '${method}',`,
    `  headers: { Authorization: \`Bearer \${process.env.TOKEN}\`${all.join('')} },`,
    ...(body === undefined ? [] : [`  body: JSON.stringify(${json(body, '  ')}),`]),
    '})',
    method === 'DELETE'
      ? 'console.log(response.status)'
      : `console.log(response.status, await response.${isText(sample) ? 'text' : 'json'}())`,
  ]
  return lines.join('\n')
}

function url(path: string): string {
  return `${ORIGIN}${path.replaceAll(' ', '%20')}`
}
