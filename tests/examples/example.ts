import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Child, startChild } from "./child.js"

export const examples = fileURLToPath(new URL("../../examples/", import.meta.url))

/** Runs a script of an example's package.json in its folder, with the sources of the packages, on a free port. */
export function startExample(name: string, script = "start", env: NodeJS.ProcessEnv = {}): Child {
  const cwd = join(examples, name)
  const { scripts } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"))
  const [tool, file, ...rest] = String(scripts?.[script]).split(" ")
  if (tool !== "tsx" || file === undefined || rest.length > 0) throw new Error(`${name}: no script ${script}`)
  const tsx = fileURLToPath(import.meta.resolve("tsx"))
  const { NODE_OPTIONS: _, NODE_ENV: __, ISSUER: ___, JWKS: ____, ...inherited } = process.env
  return startChild(process.execPath, ["--import", tsx, "--conditions=@jwt-auth/source", file], {
    cwd,
    env: { ...inherited, PORT: "0", ...env },
  })
}

/** Waits until an example says where it listens. */
export async function portOf(child: Child): Promise<number> {
  const [, port] = await child.printed(/^Listening on .*?(\d+)$/m)
  return Number(port)
}

/** The curl line that an example prints for a consumer, and the token in it. */
export async function curlLineOf(
  child: Child,
  consumer: string,
): Promise<{ readonly line: string; readonly token: string }> {
  const [, line = "", token = ""] = await child.printed(
    new RegExp(`^# ${consumer}\n(curl .* -H 'Authorization: Bearer (.+)')$`, "m"),
  )
  return { line, token }
}
