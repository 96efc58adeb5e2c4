import { createAuthenticator } from "../src/index.js"
import { createTestConsumer } from "../src/testing/index.js"

// One decision of each kind, for what is said about decisions.

const claims_to_headers = [
  { claim: "name", header: "X-Name" },
  { claim: "role", header: "X-Role" },
  { claim: "group", header: "X-Group", override: false },
]
export const [web, partner] = await Promise.all([
  createTestConsumer({ name: "web", claims_to_headers }),
  createTestConsumer({ name: "partner" }),
])
export const { decide } = createAuthenticator({
  global_auth: true,
  consumers: [web.consumer, partner.consumer],
  rules: [
    { match: { path: "/public" }, public: true },
    { match: { path: "/soon" }, allow: ["web"], report_only: true },
    { match: { path: "/*" }, allow: ["web"] },
  ],
})

const claims = { sub: "alice", name: "José", group: "g", roles: ["a", { b: 1 }] }
export const token = await web.token(claims)
export const [allowed, expired, denied, missing, open, soon] = await Promise.all([
  web.request({}, { token }).then(decide),
  web.request({}, { token: web.tokens.expired() }).then(decide),
  partner.request().then(decide),
  web.request({}, { token: null }).then(decide),
  web.request({}, { token: null, path: "/public" }).then(decide),
  partner.request({}, { path: "/soon" }).then(decide),
])

export function thrownBy(act: () => unknown): Error {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error("nothing was thrown")
}
