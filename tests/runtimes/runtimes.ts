import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** Where the suite can run. All come from npm, and are found in this folder's own `node_modules`. */
export interface Runtime {
  readonly name: string
  /** The dependency that holds it. */
  readonly package: string
  /** How its programs are written and bundled. */
  readonly kind: "node" | "bun" | "deno" | "worker" | "edge"
  /** The command that starts a bundle; none for what runs in this process. */
  readonly command: (bundle: string, rows: string) => readonly string[]
}

const installed = (path: string) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url))

// By its own path: the `.bin` of this package has one `node`, and it would be anyone's guess which.
const node = (major: number): Runtime => ({
  name: "Node",
  package: `node-${major}`,
  kind: "node",
  command: (...args) => [installed(`node-${major}/bin/node`), ...args],
})

export const runtimes: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  { name: "Bun", package: "bun", kind: "bun", command: (...args) => [installed(".bin/bun"), ...args] },
  {
    name: "Deno",
    package: "deno",
    kind: "deno",
    command: (...args) => [installed(".bin/deno"), "run", "--allow-all", "--no-remote", ...args],
  },
  {
    name: "workerd",
    package: "workerd",
    kind: "worker",
    command: (bundle) => [installed(".bin/workerd"), "serve", `${bundle}.capnp`, "--control-fd=1"],
  },
  { name: "Edge VM", package: "@edge-runtime/vm", kind: "edge", command: () => [] },
]

/** False where a package has nothing for this system. */
export function isInstalled(runtime: Runtime): boolean {
  return existsSync(installed(`${runtime.package}/package.json`))
}

const { optionalDependencies: pinned } = JSON.parse(
  readFileSync(new URL("package.json", import.meta.url), "utf8"),
) as { readonly optionalDependencies: Readonly<Record<string, string>> }

/** The name with the pinned version, whether it is installed or not. */
export function titleOf({ name, package: dependency }: Runtime): string {
  return `${name} ${pinned[dependency]?.replace(/^.*@/, "")}`
}
