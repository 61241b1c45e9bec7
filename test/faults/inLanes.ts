/** Runs these one after another in a number of lanes. */
export const inLanes = async <T>(lanes: number, work: readonly T[], run: (item: T) => Promise<void>): Promise<void> => {
  const queue = work.values()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of queue) await run(item)
    }),
  )
}
