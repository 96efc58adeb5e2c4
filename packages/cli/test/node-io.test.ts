import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { nodeIo } from "../src/node-io.js"
import { readInput } from "../src/read-input.js"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jwt-auth-cli-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const io = nodeIo(process)
const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)

describe("a private file", () => {
  it("is for its owner alone", async () => {
    const file = join(folder, "new")
    await io.writePrivate(file, "secret", false)
    expect([readFileSync(file, "utf8"), mode(file)]).toEqual(["secret", "600"])
  })

  it("does not replace another unless it is told to, and then leaves no mode of the old one", async () => {
    const file = join(folder, "old")
    writeFileSync(file, "precious", { mode: 0o644 })
    await expect(io.writePrivate(file, "secret", false)).rejects.toMatchObject({ code: "EEXIST" })
    expect(readFileSync(file, "utf8")).toBe("precious")
    await io.writePrivate(file, "secret", true)
    expect([readFileSync(file, "utf8"), mode(file)]).toEqual(["secret", "600"])
    expect(readdirSync(folder)).toEqual(["old"])
  })

  it.each([false, true])(
    "is not written through a link that somebody has put there (overwriting: %s)",
    async (overwrite) => {
      const elsewhere = join(folder, "elsewhere")
      writeFileSync(elsewhere, "of others")
      symlinkSync(elsewhere, join(folder, "link"))
      await io.writePrivate(join(folder, "link"), "secret", overwrite).catch(() => {})
      expect(readFileSync(elsewhere, "utf8")).toBe("of others")
    },
  )

  it("that cannot be put in its place leaves nothing behind", async () => {
    await expect(io.writePrivate(folder, "secret", true)).rejects.toThrow()
    expect(
      readdirSync(join(folder, "..")).filter((name) => name.startsWith(`${folder.split("/").at(-1)}.`)),
    ).toEqual([])
  })
})

describe("a public file", () => {
  it("is for everybody whom the umask lets read it, and does not replace another unless it is told to", async () => {
    const file = join(folder, "set")
    await io.writePublic(file, "keys", false)
    expect([readFileSync(file, "utf8"), mode(file)]).toEqual(["keys", (0o666 & ~process.umask()).toString(8)])
    await expect(io.writePublic(file, "other keys", false)).rejects.toMatchObject({ code: "EEXIST" })
    expect(readFileSync(file, "utf8")).toBe("keys")
    await io.writePublic(file, "other keys", true)
    expect(readFileSync(file, "utf8")).toBe("other keys")
  })
})

describe("what is read", () => {
  it("ends at the limit, also of a device without an end", async () => {
    await expect(readInput(io, "/dev/zero")).rejects.toThrow("/dev/zero is too large")
  })

  it("is said to be missing in words", async () => {
    await expect(readInput(io, join(folder, "none"))).rejects.toThrow(/^cannot read .*: no such file$/)
    await expect(readInput(io, folder)).rejects.toThrow("it is a directory")
  })
})
