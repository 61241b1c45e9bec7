// Comments, templates, texts and regular expressions, whichever comes first.
const NOT_CODE =
  /\/\/.*|\/\*[\s\S]*?\*\/|`(?:[^`\\]|\\[\s\S])*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<=(?:[=(,:!&|?{}[;]|=>|return)\s*)\/(?![*/])(?:[^\\/\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g

const isComment = (text: string): boolean => text.startsWith('//') || text.startsWith('/*')

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

/** A file's lines with nothing but its code in them: what is between quotes, or a comment, is blank. */
export const codeOf = (text: string): string[] =>
  text.replace(NOT_CODE, (part) => (isComment(part) ? blank(part) : `''${blank(part).slice(2)}`)).split('\n')

/** Whether there is a comment on each line. */
export const commented = (text: string): boolean[] => {
  const marked = text.replace(NOT_CODE, (part) => (isComment(part) ? part.replace(/[^\n]/g, '\0') : blank(part)))
  return marked.split('\n').map((line) => line.includes('\0'))
}
