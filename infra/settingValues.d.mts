/** Settings by their names in the app, and those of them that are refused. */
export interface SettingCase {
  readonly values: Readonly<Record<string, string>>
  readonly refused: readonly string[]
}

/** The rows that both the templates and the app are tried on. */
export const settingCases: readonly SettingCase[]

/** The settings that the rows give. */
export const settingPlaces: Readonly<Record<string, { readonly name: string }>>
