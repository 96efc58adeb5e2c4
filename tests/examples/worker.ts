import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { type Child, startChild } from "./child.js"
import { examples } from "./example.js"

const folder = join(examples, "hono-workers")
/** The path of the program; the package has no types. */
const { default: workerd }: { default: string } = createRequire(import.meta.url)("workerd")

type Bindings = Readonly<Record<string, string>>

/**
 * The Worker on workerd, bundled as wrangler does, with these bindings beside the vars of its wrangler.jsonc. A request may
 * bring other keys, in its header `New-Keys`, as if the binding had changed under the running isolate.
 */
export async function startWorker(bindings: Bindings): Promise<[Child, number]> {
  const { main, compatibility_date, vars } = JSON.parse(readFileSync(join(folder, "wrangler.jsonc"), "utf8"))
  const made = mkdtempSync(join(tmpdir(), "worker-"))
  await build({
    stdin: { contents: entryFor(main), resolveDir: folder },
    outfile: join(made, "worker.js"),
    bundle: true,
    format: "esm",
    conditions: ["@jwt-auth/source", "workerd", "worker", "browser"],
    logLevel: "silent",
  })
  writeFileSync(join(made, "config.capnp"), configOf(compatibility_date, { ...vars, ...bindings }))
  const child = startChild(workerd, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: made,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  })
  child.ended.finally(() => rmSync(made, { recursive: true })).catch(() => {})
  const [, port] = await child.printed(/"port":(\d+)/)
  return [child, Number(port)]
}

function entryFor(main: string): string {
  return `import worker from "./${main}"
export default {
  fetch(request, env, ctx) {
    const JWKS = request.headers.get("New-Keys") ?? env.JWKS
    return worker.fetch(request, { ...env, JWKS }, ctx)
  },
}`
}

/** Nothing outside can be reached from it. JSON's strings are Cap'n Proto's. */
function configOf(date: string, vars: Bindings): string {
  const bindings = Object.entries(vars).map(
    ([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "${date}",
      globalOutbound = "nowhere",
      bindings = [${bindings.join(", ")}],
    )),
    (name = "nowhere", network = (allow = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`
}
