/** Runs these in a number of lanes, one after another in each; a lane is known by its number. */
export const inLanes = async <T>(
  lanes: number,
  work: readonly T[],
  run: (item: T, lane: number) => Promise<void>,
): Promise<void> => {
  const queue = work.values()
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (const item of queue) await run(item, lane)
    }),
  )
}
