import { output } from './children'
import { largeBodies } from './largeBodies'

/** What a body of 1.85 MB costs: processor time of one request, and the growth of the process over five. */
export interface BodyCost {
  readonly name: string
  readonly status: 201 | 400
  readonly milliseconds: number
  readonly megabytes: number
}

/** Measures each large body in a process of its own; `issuer` is where tokens come from. */
export const measureRefusals = async (issuer: {
  readonly authority: string
  readonly audience: string
}): Promise<BodyCost[]> => {
  const costs: BodyCost[] = []
  for (const { name } of largeBodies) {
    const { authority, audience } = issuer
    const printed = await output(['local/run.mjs', '../test/bench/refusals', authority, audience, name])
    // The child prints what this says.
    costs.push(JSON.parse(printed.split('\n').at(-2) ?? '') as BodyCost)
  }
  return costs
}

/** The dearest refusal as a part of the dearest body that is taken. */
export const worstRefusal = (costs: readonly BodyCost[], figure: 'milliseconds' | 'megabytes'): number => {
  const most = (status: number) =>
    Math.max(...costs.filter((cost) => cost.status === status).map((cost) => cost[figure]))
  return most(400) / most(201)
}
