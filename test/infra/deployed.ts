import { readFileSync } from 'node:fs'
import * as z from 'zod'

const Deployed = z.looseObject({ id: z.string(), type: z.string(), name: z.string() })
const Snapshot = z.object({
  predictedResources: z.array(Deployed),
  diagnostics: z.array(z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
})

/** A resource as a deployment would send it. */
export type Deployed = z.infer<typeof Deployed>

const ROOT = new URL('../../', import.meta.url)

/** The text of a file of this project. */
export const readText = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

/** The two stages that are deployed, and one where every other setting is given. */
export const stages = ['dev', 'prod', 'everything'] as const

/** What `infra/check.mjs` has compiled for a stage. */
export type Stage = (typeof stages)[number]

/** What a snapshot file says would be deployed. */
export const snapshotIn = (path: string) => Snapshot.parse(JSON.parse(readText(path)))

/** The whole snapshot of a stage. */
export const snapshotOf = (stage: Stage) => snapshotIn(`infra/snapshots/${stage}.json`)

const snapshots = new Map(stages.map((stage) => [stage, snapshotOf(stage)]))

/** Every resource of a stage, or those of one type. */
export const resourcesOf = (stage: Stage, type?: string): Deployed[] =>
  (snapshots.get(stage)?.predictedResources ?? []).filter((resource) => type === undefined || resource.type === type)

/** The one resource of this type. Throws where there is another number of them. */
export const onlyOf = (stage: Stage, type: string): Deployed => {
  const [resource, ...others] = resourcesOf(stage, type)
  if (resource === undefined || others.length > 0) throw new Error(`${stage} has not exactly one ${type}`)
  return resource
}

const pairOf = (stage: Stage, type: string, isSecond: RegExp): [Deployed, Deployed] => {
  const [first, ...others] = resourcesOf(stage, type).filter(({ name }) => !isSecond.test(name))
  const [second, ...more] = resourcesOf(stage, type).filter(({ name }) => isSecond.test(name))
  if (first === undefined || second === undefined || others.length + more.length > 0)
    throw new Error(`${stage} has not exactly two ${type}`)
  return [first, second]
}

/** The identity that the app signs in with, and the one that the platform handles its package with. */
export const identitiesOf = (stage: Stage): { app: Deployed; package: Deployed } => {
  const [app, other] = pairOf(stage, 'Microsoft.ManagedIdentity/userAssignedIdentities', /^id-package-/)
  return { app, package: other }
}

/** The account where the host keeps its own, and the one of the package. */
export const storagesOf = (stage: Stage): { host: Deployed; packages: Deployed } => {
  const [host, packages] = pairOf(stage, 'Microsoft.Storage/storageAccounts', /^stpkg/)
  return { host, packages }
}

const Members = z.record(z.string(), z.unknown())

/** The value at a path, names and indexes separated by dots; undefined where there is none. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((here, name) => {
    if (Array.isArray(here)) return here[Number(name)]
    const members = Members.safeParse(here)
    return members.success ? members.data[name] : undefined
  }, value)

/** The items of the array at a path; none where there is no array. */
export const itemsAt = (value: unknown, path: string): unknown[] =>
  z.array(z.unknown()).catch([]).parse(at(value, path))

/** The settings that a deployed app finds in its environment. */
export const appSettingsOf = (stage: Stage): Record<string, string> =>
  z.record(z.string(), z.string()).parse(at(onlyOf(stage, 'Microsoft.Web/sites/config'), 'properties'))
