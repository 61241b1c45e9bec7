/** The order of a list: one property, then the id, both in one direction. */
export interface Order {
  readonly property: string
  readonly direction: 'asc' | 'desc'
}

/** Where a page ended: order value and id of its last entity. */
export interface Position {
  readonly value: string
  readonly id: string
}
