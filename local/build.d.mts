/** Where functions are found and what is written; paths are relative to the project. */
export interface BuildOptions {
  readonly functions?: string
  readonly outdir?: string
  readonly meta?: string
}

/** Writes the deployable folder; rejects with an Error whose message says what does not compile. */
export const build: (options?: BuildOptions) => Promise<void>
