import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process"

/** A program that a test has started. */
export interface Child {
  /** Resolves to the first match in what the program has printed; rejects when it ends without one. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>
  /** All that it has printed until now, errors too. */
  output(): string
  readonly hasEnded: boolean
  /** Asks it to stop, unless it has ended, and resolves to its exit code. */
  stop(): Promise<number | null>
  /** Resolves to its exit code once it ends by itself. */
  readonly ended: Promise<number | null>
}

/** Starts a program, whose standard output (and file descriptor 3, if it is piped) and errors are listened to. */
export function startChild(command: string, args: readonly string[], options: SpawnOptions): Child {
  const child: ChildProcess = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options })
  let output = ""
  let hasEnded = false
  for (const stream of child.stdio.slice(1)) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString()
      child.emit("printed")
    })
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => {
      hasEnded = true
      resolve(code)
    })
  })
  return {
    output: () => output,
    get hasEnded() {
      return hasEnded
    },
    ended,
    stop() {
      child.kill()
      return ended
    },
    printed(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = output.match(pattern)
          if (match !== null) resolve(match)
        }
        child.on("printed", look)
        ended.then((code) => reject(new Error(`${command} ended with ${code}:\n${output}`)), reject)
        look()
      })
    },
  }
}
