/** Where functions are found and what is written; paths are relative to the project. */
export interface BuildOptions {
  readonly functions?: string
  readonly outdir?: string
  readonly meta?: string
}

export const build: (options?: BuildOptions) => Promise<void>
