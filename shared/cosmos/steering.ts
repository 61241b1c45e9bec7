import { newRegions } from '../account/regions'
import { cooled } from '../basics/cooled'
import type { Config } from '../config'
import { attemptTime } from './attempts'
import type { Steering } from './singleRequests'

/**
 * Part of an attempt's time after which what it waits for is given up, so that the attempt can still say why it failed.
 */
export const SHARE = 0.9

// A region that was asked but answered nothing for this long is silent.
const SILENCE_MS = 400

// How often the account is asked which regions take writes, while no known write region works.
const DESCRIBE_MS = 5000

/** Whether requests have several regions to go to. */
export function hasSeveralRegions({ store }: Config): boolean {
  return store.regions.length > 1
}

/** How requests find their region, where there are several. `ask`: has the account say which there are. */
export function steeringOf(config: Config, now: () => Date, ask: () => Promise<unknown>): Steering | undefined {
  if (!hasSeveralRegions(config)) return undefined
  const { endpoint, regions } = config.store
  const patience = Math.min(SILENCE_MS, SHARE * SHARE * attemptTime(config.store))
  const describe = cooled(DESCRIBE_MS, now, () => describeAccount(ask, regions.length))
  return { regions: newRegions(endpoint, regions, now), patience, describe }
}

// The plugin records the answer. A single failure may be an accident, so we try once more than there are regions.
async function describeAccount(ask: () => Promise<unknown>, regions: number): Promise<void> {
  for (let left = regions; left >= 0; left -= 1) {
    const isDone = await ask().then(
      () => true,
      () => false,
    )
    if (isDone) return
  }
}
