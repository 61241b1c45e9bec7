import type { Address } from '../address/address'
import { Link } from '../address/Link'

interface ChoiceProperties {
  readonly label: string
  readonly options: readonly { readonly name: string; readonly to: Address; readonly current: boolean }[]
}

/** Links of which one is chosen. */
export function Choice({ label, options }: ChoiceProperties) {
  return (
    <nav class="choice" aria-label={label}>
      {options.map(({ name, to, current }) => (
        <Link key={name} to={to} current={current}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
