import { execFile } from "node:child_process"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { published } from "./published.js"

const { projects } = published()

/** Runs the program as npm has put it into the user's project. */
async function jwtAuth(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const program = join(projects.newest, "node_modules/.bin/jwt-auth")
  const env = { ...process.env, NODE_OPTIONS: "" }
  return promisify(execFile)(program, args, { cwd: projects.newest, env }).then(
    (streams) => ({ code: 0, ...streams }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

describe("the installed command line", () => {
  it("says its version", async () => {
    expect(await jwtAuth("--version")).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" })
  })

  it("makes a key, signs a token with it, and says why a config refuses that token", async () => {
    const { stdout: jwks } = await jwtAuth("keygen", "--alg", "ES256", "--out-private", "web.jwk")
    const consumer = { name: "web", issuer: "https://login.example.com", jwks: JSON.parse(jwks) }
    await writeFile(join(projects.newest, "jwt-auth.json"), JSON.stringify({ consumers: [consumer] }))
    const issuer = "https://login.example.com/"
    const { stdout: token } = await jwtAuth(
      "sign",
      "--key",
      "web.jwk",
      "--issuer",
      issuer,
      "--expires-in",
      "1m",
    )
    await writeFile(join(projects.newest, "web.token"), token)
    const asked = ["--request", "GET https://api.example.com/", "--token-file", "web.token", "--json"]
    const { code, stdout, stderr } = await jwtAuth("explain", "--config", "jwt-auth.json", ...asked)
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" })
    expect(stdout).toContain('"claim_mismatch"')
    expect(stdout).not.toContain(token.trim().split(".")[2])
  })

  it("prints the schema of the installed core", async () => {
    const { code, stdout } = await jwtAuth("schema")
    expect({ code, title: JSON.parse(stdout).$schema }).toMatchObject({ code: 0, title: expect.any(String) })
  })
})
