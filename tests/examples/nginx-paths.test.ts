import { describe, expect, it } from "vitest"
import { hasNginx, title } from "./nginx.js"
import { useNginx } from "./nginx-gate.js"

const spellings = [
  "/x/../wholesale",
  "/x/%2e%2e/wholesale",
  "/x/..%2fwholesale",
  "/x%2f..%2fwholesale",
  "//wholesale",
  "///wholesale",
  "/./wholesale",
  "/%77holesale",
  "/%2577holesale",
  "/wholesale%2f..",
  "/wholesale/../wholesale",
  "/wholesale/..%2forders",
  "/orders/..%5cwholesale",
  "/orders/..\\wholesale",
  "/WHOLESALE",
  "/wholesale/",
  "/wholesale;x=1",
  "/wholesale%3bx",
  "/wholesale?x=/orders",
  "/wholesale#/orders",
  "/wholesale%00/orders",
  "/health/../wholesale",
  "/health%2f..%2fwholesale",
  "/health/..;/wholesale",
  "http://orders.example.com/wholesale",
  "http://orders.example.com//wholesale",
]

describe.skipIf(!hasNginx)(title, () => {
  const gate = useNginx()

  it.each(spellings)("another spelling does not get around the rule: %s", async (path) => {
    expect([400, 403]).toContain((await gate.ask({ path }, "web")).status)
    expect([400, 401]).toContain((await gate.ask({ path })).status)
    expect(gate.received).toEqual([])
  })

  it.each(spellings)(
    "what is allowed reaches the app in the words that were decided on: %s",
    async (path) => {
      const { status } = await gate.ask({ path }, "partner")
      const sent = path.replace(/^http:\/\/[^/]*/, "")
      expect(gate.received.map(({ target }) => target)).toEqual(status === 200 ? [sent] : [])
      expect([200, 400]).toContain(status)
    },
  )

  it.each([
    "/health/../orders",
    "/health/..%2forders",
    "/health;x",
    "//health",
    "/health%2f..",
    "/%2e/health",
  ])("a public path is public in plain words only: %s", async (path) => {
    expect((await gate.ask({ path })).status).toBe(401)
    expect(gate.received).toEqual([])
  })
})

describe.skipIf(!hasNginx)(
  `${title}, changed to proxy_pass with $uri, which nginx decodes and resolves`,
  () => {
    const gate = useNginx("$uri")

    // The last two are other paths to the app behind the example's own nginx.conf, and /wholesale to this one.
    it.each([...spellings, "/wholesale%3fx", "/wholesale%23x"])(
      "another spelling does not get around the rule: %s",
      async (path) => {
        expect([400, 403]).toContain((await gate.ask({ path }, "web")).status)
        expect([400, 401]).toContain((await gate.ask({ path })).status)
        expect(gate.received).toEqual([])
      },
    )
  },
)
