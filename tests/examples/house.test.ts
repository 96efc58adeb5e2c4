import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { examples } from "./example.js"

// The gateway is the demo of the README: larger, and tested in tests/docs.
const names = readdirSync(examples).filter((name) => name !== "gateway")

describe.each(names)("examples/%s is to be read in a minute", (name) => {
  const entries = readdirSync(join(examples, name), { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  const read = (file: string) => readFileSync(join(examples, name, file), "utf8")

  it("one program of at most 50 lines; two where there are two parties", () => {
    const programs = files.filter((file) => file.endsWith(".ts"))
    expect(programs).toHaveLength(name === "login" ? 2 : 1)
    for (const file of programs) expect(read(file).trimEnd().split("\n").length, file).toBeLessThanOrEqual(50)
  })

  it("a README of 5 to 15 lines that says what to expect", () => {
    const lines = read("README.md").trimEnd().split("\n")
    expect(lines.length).toBeGreaterThanOrEqual(5)
    expect(lines.length).toBeLessThanOrEqual(15)
    for (const status of ["200", "401", "403"])
      expect(lines.join("\n")).toMatch(new RegExp(`^- ${status}`, "m"))
  })

  it("never published, and holds no key, secret or token", () => {
    expect(JSON.parse(read("package.json"))).toMatchObject({ private: true })
    for (const file of files) expect(read(file), file).not.toMatch(/eyJ|"kty"|PRIVATE KEY|[\w+/-]{32,}/)
  })
})
