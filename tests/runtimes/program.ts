import { spawn } from "node:child_process"
import { createInterface } from "node:readline"

/** Starts a server that says on which port it listens, and stops it when `use` is done with it. */
export async function withServer<T>(
  [command = "", ...args]: readonly string[],
  use: (port: number) => Promise<T>,
): Promise<T> {
  // A group of its own, to be stopped as one: some of these commands are scripts that start the real program.
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: true })
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL")
  }
  // Runtimes have much to say that is no failure: it is told when the server does not start.
  const said: string[] = []
  child.stderr.on("data", (chunk) => said.push(String(chunk)))
  process.once("exit", stop)
  try {
    const port = await new Promise<number>((resolve, reject) => {
      child.once("error", reject)
      child.once("close", (code) => reject(new Error(`the server ended with ${code}: ${said.join("")}`)))
      createInterface(child.stdout).on("line", (line) => {
        const [, port] = /^\{.*"port":(\d+)/.exec(line) ?? []
        if (port !== undefined) resolve(Number(port))
      })
    })
    return await use(port)
  } finally {
    process.removeListener("exit", stop)
    stop()
  }
}
