import { spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { type AddressInfo, connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { type Child, startChild } from "./child.js"
import { examples } from "./example.js"

/** The program, where there is one: Debian keeps it in a folder that is not on everybody's PATH. */
const nginx = ["nginx", "/usr/sbin/nginx"].find((path) => spawnSync(path, ["-v"]).status === 0)

export const hasNginx = nginx !== undefined
/** For the title of what is skipped without one. */
export const title = hasNginx ? "examples/nginx" : "examples/nginx (skipped: no nginx on this machine)"

export interface Backends {
  readonly authorizer: number
  /** Default: the app that the example's own nginx.conf stands in with. */
  readonly app?: number
  /** What follows `proxy_pass http://app`. Default: nothing, so that the app is shown the target as the client sent it. */
  readonly passes?: "$uri" | undefined
}

/** Runs nginx with the example's nginx.conf on a free port, in a folder of its own. */
export async function startNginx(backends: Backends): Promise<[Child, number]> {
  // Between looking for a free port and listening on it, somebody else may have taken it.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const child = run(configFor(port, await freePort(), backends))
    if (await accepts(port, child)) return [child, port]
    if (attempt === 3) throw new Error(`nginx does not start:\n${child.output()}`)
  }
}

function configFor(port: number, standIn: number, backends: Backends): string {
  const { authorizer, app = standIn, passes = "" } = backends
  const replacements = [
    ["listen 127.0.0.1:8080;", `listen 127.0.0.1:${port};`],
    ["server 127.0.0.1:9001;", `server 127.0.0.1:${authorizer};`],
    ["server 127.0.0.1:9002;", `server 127.0.0.1:${app};`],
    ["listen 127.0.0.1:9002;", `listen 127.0.0.1:${standIn};`],
    ["proxy_pass http://app;", `proxy_pass http://app${passes};`],
  ] as const
  let config = readFileSync(join(examples, "nginx/nginx.conf"), "utf8")
  for (const [from, to] of replacements) {
    if (config.split(from).length !== 2) throw new Error(`nginx.conf must have "${from}" once`)
    config = config.replace(from, () => to)
  }
  return config
}

function run(config: string): Child {
  if (nginx === undefined) throw new Error("there is no nginx")
  const prefix = mkdtempSync(join(tmpdir(), "nginx-"))
  const file = join(prefix, "nginx.conf")
  writeFileSync(file, config)
  const child = startChild(nginx, ["-e", "stderr", "-p", prefix, "-c", file], { cwd: prefix })
  child.ended.finally(() => rmSync(prefix, { recursive: true })).catch(() => {})
  return child
}

/** nginx does not say when it is ready. */
async function accepts(port: number, child: Child): Promise<boolean> {
  while (!child.hasEnded) {
    const socket = connect(port, "127.0.0.1")
    const connected = await once(socket, "connect").catch(() => undefined)
    socket.destroy()
    if (connected !== undefined) return true
    await setTimeout(20)
  }
  return false
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
