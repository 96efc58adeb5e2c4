import type { ChildProcess } from "node:child_process"
import { start } from "../docs/run-program.js"
import { writeProgram } from "./folder.js"

export interface Served {
  readonly port: number
  stop(): void
}

/** Runs a program that listens on port 3000, in this folder, on a free port instead. */
export async function serve(folder: string, text: string): Promise<Served> {
  const child = start(writeProgram(folder, onFreePort(text)), { cwd: folder })
  return { port: await portOf(child), stop: () => child.kill() }
}

/** The program tells its port to the test. */
function onFreePort(text: string): string {
  const told = text
    .replace(/^(.*)\.listen\(3000\)$/m, "const s = $1.listen(0, () => process.send(s.address().port))")
    .replace(
      /^serve\({ fetch: app\.fetch, port: 3000 }\)$/m,
      "serve({ fetch: app.fetch, port: 0 }, ({ port }) => process.send(port))",
    )
  if (told === text) throw new Error("the program does not listen on port 3000")
  return told
}

function portOf(child: ChildProcess): Promise<number> {
  let errors = ""
  child.stdout?.resume()
  child.stderr?.on("data", (chunk) => {
    errors += chunk
  })
  return new Promise((resolve, reject) => {
    child.once("message", (port) => resolve(Number(port)))
    child.once("exit", (code) => reject(new Error(`the program ended with ${code}\n${errors}`)))
  })
}
