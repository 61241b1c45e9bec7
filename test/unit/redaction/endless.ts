/** What a text begins with, and what follows without end. */
export type Endless = readonly [start: string, unit: string]

/** Texts of which a careless search would read some part over and over. */
export const endlessUrls: readonly Endless[] = [
  ['', ';'],
  ['?', '&'],
  ['?a=', ';sig'],
  ['?', 'a=%26&'],
  ['?', 'sig= '],
  ['?a=%3F', 'sig%3Dx%26'],
  ['?a=%', '=;'],
  ['https://a:', ':'],
  ['https:', '/'],
  ['#sig=', '#'],
  ['/', ';a/'],
  ['?a=@', 'https://'],
  ['', 'eyJ'],
  ['', 'eyJa.'],
]
export const endlessHeaders: readonly Endless[] = [
  ['', '<'],
  ['', '<a?='],
  ['=', ' '],
  ['=', 'Bearer\t'],
  ['Bearer', ' '],
  ['=', '"/?%40'],
]
export const endlessBodies: readonly Endless[] = [
  ['', ' '],
  ['', 'a'],
  ['', '['],
  ['{"a":"', '\\'],
  ['{"a":"', '\\"'],
  ['{"token":"', '\\"'],
  ['{"token":', '['],
  ['{"token":', '{"'],
  ['{', '"token":'],
  ['{', '"token":[],'],
  ['{', '"a":1,'],
  ['{"a"', ' '],
  ['["', '" "'],
  ['["/?a=', '\\u0026sig='],
  ['[', '"/?%40\\u0061"'],
  ['a=', '&'],
  ['a=', '\n'],
  ['a=', '%3Fsig%3D&'],
]

/** Such a text of this many characters, or a few less. */
export const fill = ([start, unit]: Endless, length: number): string =>
  start + unit.repeat((length - start.length) / unit.length)
