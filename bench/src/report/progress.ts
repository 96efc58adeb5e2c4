import type { WriteStream } from "node:tty"

/** Shows on stderr that long work lives: one line rewritten on a terminal, else a line for each step. */
export function progressOf(question: string, stream: WriteStream = process.stderr): Progress {
  let last = ""
  return {
    step(step) {
      if (stream.isTTY) stream.write(`\r\u001b[2K${question}: ${step}`.slice(0, stream.columns))
      // In a log, "round 7 of 31" thirty-one times is noise.
      else if (kindOf(step) !== kindOf(last)) stream.write(`${question}: ${step}\n`)
      last = step
    },
    done() {
      if (stream.isTTY) stream.write("\r\u001b[2K")
    },
  }
}

export interface Progress {
  step(step: string): void
  done(): void
}

function kindOf(step: string): string {
  return step.replace(/\d+ of /, "")
}
