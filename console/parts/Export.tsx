import { useEffect, useRef, useState } from 'preact/hooks'
import { asFailure } from '../api/failure'
import { askPages, type Source } from '../api/source'
import { type Column, csvHead, toCsv } from '../text/csv'
import { plural, toNumber } from '../text/format'
import { save } from '../text/save'

const kinds = { CSV: 'text/csv', NDJSON: 'application/x-ndjson' } as const
type Kind = keyof typeof kinds

interface ExportProperties<T> {
  /** The name of the file, without its extension. */
  readonly name: string
  readonly columns: readonly Column<T>[]
  readonly source: Source<T>
}

type Progress =
  | { readonly state: 'idle'; readonly said: string; readonly failed?: true }
  | { readonly state: 'running'; readonly done: number; readonly total: number }

/** Saves every row of a table, not just the page that is shown: as CSV what it shows, as NDJSON whole records. */
export function Export<T>({ name, columns, source }: ExportProperties<T>) {
  const [progress, setProgress] = useState<Progress>({ state: 'idle', said: '' })
  const running = useRef<AbortController | undefined>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (kind: Kind): Promise<void> => {
    const controller = new AbortController()
    running.current = controller
    const pieces = kind === 'CSV' ? [csvHead(columns)] : []
    let done = 0
    setProgress({ state: 'running', done, total: 0 })
    try {
      for await (const { rows, total } of askPages(source, controller.signal)) {
        pieces.push(kind === 'CSV' ? toCsv(columns, rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
        done += rows.length
        setProgress({ state: 'running', done, total })
      }
      save(`${name}.${kind.toLowerCase()}`, kinds[kind], pieces)
      setProgress({ state: 'idle', said: `Saved ${plural(done, 'row')}.` })
    } catch (error) {
      if (controller.signal.aborted) setProgress({ state: 'idle', said: 'Stopped; nothing was saved.' })
      else setProgress({ state: 'idle', said: `Nothing was saved: ${asFailure(error).message}`, failed: true })
    }
  }

  return (
    <div class="export">
      <span role="status" class={'failed' in progress ? 'problem' : undefined}>
        {progress.state === 'idle' && progress.said}
      </span>
      {progress.state === 'running' ? (
        <>
          <progress
            aria-label="Rows fetched"
            max={Math.max(1, progress.total)}
            value={progress.total === 0 ? undefined : progress.done}
          />
          <span>
            {progress.total === 0 ? 'Counting…' : `${toNumber(progress.done)} of ${toNumber(progress.total)}`}
          </span>
          <button type="button" onClick={() => running.current?.abort()}>
            Stop
          </button>
        </>
      ) : (
        (['CSV', 'NDJSON'] as const).map((kind) => (
          <button key={kind} type="button" onClick={() => void run(kind)}>
            {`Save as ${kind}`}
          </button>
        ))
      )}
    </div>
  )
}
