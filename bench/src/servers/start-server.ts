import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { environmentFor, type Settings } from "./settings.js"

/** The path of a server program in this folder, without `.ts`. */
export type Program = `${"node" | "express" | "koa" | "hono"}/${string}`

/** A server program that runs. */
export interface RunningServer {
  readonly port: number
  /** Microseconds that its process has computed for, on all threads. */
  cpuTime(): Promise<number>
  stop(): Promise<void>
}

/** Runs a server program in a process of its own: with the built packages, if the options of Node do not say otherwise. */
export async function startServer(
  program: Program,
  settings: Settings,
  nodeOptions: readonly string[] = [],
): Promise<RunningServer> {
  const file = fileURLToPath(new URL(`${program}.ts`, import.meta.url))
  const child = fork(file, {
    execArgv: [...nodeOptions, "--import", fileURLToPath(import.meta.resolve("tsx"))],
    env: { ...inherited(), ...environmentFor(settings) },
    // Some frameworks print every refusal.
    silent: true,
  })
  let errors = ""
  child.stdout?.resume()
  child.stderr?.on("data", (chunk) => {
    errors = `${errors}${chunk}`.slice(-10_000)
  })
  const answer = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const failed = () => reject(new Error(`the server program ${program} ended\n${errors}`))
      child.once("exit", failed)
      child.once("message", (message) => {
        child.off("exit", failed)
        resolve(message)
      })
    })
  return {
    port: (await answer()) as number,
    async cpuTime() {
      child.send("cpu")
      const { user, system } = (await answer()) as NodeJS.CpuUsage
      return user + system
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, "exit")
      child.disconnect()
      await ended
    },
  }
}

/** Options of the parent, such as a profiler's, are not for its children. */
function inherited(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...environment } = process.env
  return environment
}
