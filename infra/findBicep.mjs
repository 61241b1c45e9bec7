import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Another version words the same sources differently, so what is committed would differ.
const VERSION = '0.49.2'

const CACHE = fileURLToPath(new URL('../.local/bicep/', import.meta.url))
const SUFFIX = process.platform === 'win32' ? '.exe' : ''
const SYSTEMS = { linux: 'linux', darwin: 'osx', win32: 'win' }

/** @param {string} file */
const isPinned = (file) => {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
  return stdout?.includes(` ${VERSION} `) === true
}

/** Restores the CLI's own package, like a dependency of a project. Undefined where that is not possible. */
const restore = async () => {
  const name = `Azure.Bicep.CommandLine.${SYSTEMS[process.platform]}-${process.arch}`
  const file = join(CACHE, name.toLowerCase(), VERSION, 'tools', `bicep${SUFFIX}`)
  if (!existsSync(file)) {
    await mkdir(CACHE, { recursive: true })
    const project = join(CACHE, 'restore.proj')
    await writeFile(
      project,
      `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
  </PropertyGroup>
  <ItemGroup><PackageDownload Include="${name}" Version="[${VERSION}]" /></ItemGroup>
</Project>
`,
    )
    spawnSync('dotnet', ['restore', project, '--packages', CACHE], { encoding: 'utf8' })
  }
  if (!existsSync(file)) return undefined
  await chmod(file, 0o755)
  return file
}

/**
 * The path of the pinned Bicep CLI: what BICEP names, else one on the PATH or of the Azure CLI, else its NuGet package
 * where dotnet is there; undefined where none can be had. Throws if BICEP names something else.
 */
export const findBicep = async () => {
  const named = process.env.BICEP
  if (named) {
    if (isPinned(named)) return named
    throw new Error(`BICEP names ${named}, which is not the Bicep CLI ${VERSION}.`)
  }
  const installed = ['bicep', join(homedir(), '.azure', 'bin', `bicep${SUFFIX}`)].find(isPinned)
  return installed ?? (await restore())
}

/** What to say where there is no CLI. */
export const HOW_TO_GET_IT = `install the Bicep CLI ${VERSION}, or the .NET SDK, which restores it`
