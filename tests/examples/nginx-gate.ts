import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { type Reply, type Sent, send } from "@jwt-auth/test-support/http"
import { afterAll, beforeAll, beforeEach } from "vitest"
import type { Child } from "./child.js"
import { portOf, startExample } from "./example.js"
import { startNginx } from "./nginx.js"
import { makeProvider, type Provider } from "./provider.js"

/** What reached the app, in full: names as sent, and each of several. */
export interface Received {
  readonly method: string
  readonly target: string
  readonly headers: readonly string[]
}

/** nginx with the authorizer beside it, and an app behind it that remembers what reached it. */
export interface NginxGate {
  readonly provider: Provider
  readonly port: number
  readonly appPort: number
  /** Since the test began. */
  readonly received: readonly Received[]
  /** @param client whose token goes along; none when left out */
  ask(sent: Sent, client?: string): Promise<Reply>
}

/** For the tests of one block; to be read when they run. */
export function useNginx(passes?: "$uri"): NginxGate {
  const received: Received[] = []
  const app = createServer(({ method = "", url = "", rawHeaders }, res) => {
    received.push({ method, target: url, headers: rawHeaders })
    res.end("reached\n")
  })
  const children: Child[] = []
  let provider: Provider
  let port: number
  let appPort: number

  beforeAll(async () => {
    provider = await makeProvider()
    appPort = await listening(app)
    const authorizer = startExample("nginx", "start", provider.env)
    children.push(authorizer)
    const [nginx, nginxPort] = await startNginx({
      authorizer: await portOf(authorizer),
      app: appPort,
      passes,
    })
    children.push(nginx)
    port = nginxPort
  })
  beforeEach(() => {
    received.length = 0
  })
  afterAll(async () => {
    app.close()
    await Promise.all(children.map((child) => child.stop()))
  })

  return {
    received,
    get provider() {
      return provider
    },
    get port() {
      return port
    },
    get appPort() {
      return appPort
    },
    async ask(sent, client) {
      const token = client === undefined ? {} : { authorization: `Bearer ${await provider.token(client)}` }
      return send(port, { ...sent, headers: { ...token, ...sent.headers } })
    },
  }
}

export async function listening(server: Server): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening")
  return (server.address() as AddressInfo).port
}
