import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { promisify } from "node:util"

const names = ["chromium", "chromium-browser", "google-chrome"]

/** A Chromium on this machine, if there is one. */
export const browser: string | undefined = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((file) => existsSync(file))

if (browser === undefined) {
  console.warn(`skipped: the tests in a browser need one of ${names.join(", ")} in the PATH`)
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nothing but loopback: a name is not even looked up.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  // Time stands still for as long as the page waits for the network, and then the DOM is printed.
  "--virtual-time-budget=10000",
  "--dump-dom",
]

/** Opens a page, waits until it has nothing left to do, and returns its DOM as HTML. */
export async function domOf(url: string): Promise<string> {
  if (browser === undefined) throw new Error("there is no browser")
  const profile = await mkdtemp(join(tmpdir(), "jwt-auth-browser-"))
  try {
    const running = promisify(execFile)(browser, [...flags, `--user-data-dir=${profile}`, url], {
      timeout: 60_000,
      maxBuffer: 16_777_216,
    })
    return (await running).stdout
  } finally {
    // Its helper processes write a little longer than the browser runs.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}
