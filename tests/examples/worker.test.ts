import { send } from "@jwt-auth/test-support/http"
import { expect, it, onTestFinished } from "vitest"
import { makeProvider } from "./provider.js"
import { startWorker } from "./worker.js"

it("examples/hono-workers takes up other keys in a running isolate, and forgets the old ones", async () => {
  const [before, after] = [await makeProvider(), await makeProvider()]
  const [child, port] = await startWorker(before.env)
  onTestFinished(async () => void (await child.stop()))

  async function ask(token: string, keys: object): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, ...keys }
    return (await send(port, { path: "/orders", headers })).status
  }
  const [old, fresh] = [await before.token("web"), await after.token("web")]
  const changed = { "New-Keys": after.env.JWKS }
  expect([await ask(old, {}), await ask(fresh, {})]).toEqual([200, 401])
  expect([await ask(old, changed), await ask(fresh, changed)]).toEqual([401, 200])
})

it("examples/hono-workers lets nobody in without keys", async () => {
  const [child, port] = await startWorker({ JWKS: "" })
  onTestFinished(async () => void (await child.stop()))
  const { status, body } = await send(port, { path: "/" })
  expect([status, body]).toEqual([500, "Internal Server Error"])
})
