/** Holds whoever awaits `opened` until somebody opens it. */
export interface Gate {
  readonly opened: Promise<void>
  readonly open: () => void
}

export const gate = (): Gate => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
