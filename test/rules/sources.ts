import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

/** A TypeScript file of the project. */
export interface Source {
  /** Path from the root, like `shared/http/create.ts`. */
  readonly path: string
  readonly text: string
}

// By `npm run console:types`.
const GENERATED = 'console/api/openapi.d.ts'

/** Every TypeScript file below some folders of the root. */
export const sources = (...folders: readonly string[]): Source[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      .filter((path) => /\.tsx?$/.test(path) && path !== GENERATED)
      .sort()
      .map((path) => ({ path, text: readFileSync(path, 'utf8') })),
  )

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s*(?:[\w$*\s,{}]*?\sfrom\s*)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a file imports: packages as they are named, files of ours by their path from the root, without ending. */
export const importsOf = ({ path, text }: Source): string[] =>
  [...text.matchAll(IMPORT)].map(([, named = '', called = '']) => {
    const target = named || called
    return target.startsWith('.') ? posix.join(dirname(path), target) : target
  })
