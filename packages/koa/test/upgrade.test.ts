import { createServer, type RequestListener } from "node:http"
import { listen, sendRaw } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, twoConsumers, unreachable, versions } from "./apps.js"

describe.each(versions)("auth.upgrade next to an app on $version", ({ Koa }) => {
  const auth = jwtAuth(twoConsumers)
  const serve = () => {
    const server = createServer(new Koa().use(unreachable).callback() as RequestListener)
    server.on("upgrade", async (req, socket, head) => {
      const { outcome } = await auth.upgrade(req, socket, head, { allow: ["web"] })
      if (outcome !== "deny") {
        const { consumer } = auth.get(req) ?? expect.fail("no identity")
        socket.end(`HTTP/1.1 101 Switching\r\n\r\n${consumer} ${req.headers["x-mse-consumer"]}`)
      }
    })
    return listen(server)
  }
  const handshake = ["GET /x HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket"]
  const ask = async (...lines: string[]) => sendRaw(await serve(), [...handshake, ...lines])

  it("answers a refused handshake as a request would be, and closes the socket", async () => {
    const refused = await ask()
    expect(refused).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n[\s\S]*\r\n\r\nJwt missing$/)
    expect(refused).toContain('WWW-Authenticate: Bearer realm="jwt-auth"')
    expect(await ask(`Authorization: ${bearer("partner").authorization}`)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it("knows who is calling by Node's request, whatever the client wrote into the identity header", async () => {
    const lines = [`Authorization: ${bearer("web").authorization}`, "X-Mse-Consumer: root"]
    expect(await ask(...lines)).toBe("HTTP/1.1 101 Switching\r\n\r\nweb web")
  })
})
