import { consumer1Token, consumer2Token, signAsConsumer1, tamper } from "./tokens.js"

/** A request of the demo, and what the gateway's document says about it. */
export interface DemoRequest {
  readonly title: string
  readonly host: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** The day on which it is sent; default: the day of the document. */
  readonly day?: string
  readonly expected: Answer
}

/** What comes back; `consumer` and `seen` are told by the handler, and empty when it was not reached. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly consumer: string
  /** The headers about identity that the handler saw, as `name: value`. */
  readonly seen: readonly string[]
}

/** The document is of this day. The demo's clock stands still on it, so that the demo shows the same for ever. */
export const documentDay = "2024-09-12"

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const ok = (consumer: string, ...seen: string[]): Answer => ({ status: 200, body: "ok", consumer, seen })
const refused = (status: number, body: string): Answer => ({ status, body, consumer: "", seen: [] })

const expired = signAsConsumer1({ iss: "abcd", sub: "test", exp: seconds("2024-09-11") })
const stranger = signAsConsumer1({ iss: "somebody", sub: "test", exp: seconds("2024-09-13") })
const tampered = tamper(consumer1Token, { iss: "abcd", sub: "admin", exp: 4_102_444_800 })

/** The example's own curl lines, in its order. */
const fromTheDocument: readonly DemoRequest[] = [
  {
    title: "route-a, consumer1's token in the parameter",
    host: "xxx.hello.com",
    path: `/test?access_token=${consumer1Token}`,
    expected: ok("consumer1", "x-mse-consumer: consumer1"),
  },
  {
    title: "route-a, consumer1's token in the header",
    host: "xxx.hello.com",
    path: "/test",
    headers: bearer(consumer1Token),
    expected: ok("consumer1", "authorization: Bearer eyJ…CQ4", "x-mse-consumer: consumer1"),
  },
  {
    title: "route-a, no token",
    host: "xxx.hello.com",
    path: "/test",
    expected: refused(401, "Jwt missing"),
  },
  {
    title: "*.example.com allows consumer2 only, and this is consumer1",
    host: "xxx.example.com",
    path: "/test",
    headers: bearer(consumer1Token),
    expected: refused(403, "Access Denied"),
  },
]

/** Its table of errors and its description of consumers, as requests. */
const fromItsTables: readonly DemoRequest[] = [
  {
    title: "a token of consumer1 that expired the day before",
    host: "xxx.hello.com",
    path: "/test",
    headers: bearer(expired),
    expected: refused(401, "Jwt expired"),
  },
  {
    title: "test.com allows consumer2, whose token expired in 2022",
    host: "test.com",
    path: "/test",
    headers: bearer(consumer2Token),
    expected: refused(401, "Jwt expired"),
  },
  {
    title: "the same token on the day it was made",
    host: "test.com",
    path: "/test",
    headers: bearer(consumer2Token),
    day: "2022-10-13",
    expected: ok("consumer2", "authorization: Bearer eyJ…SJA", "x-mse-consumer: consumer2"),
  },
  {
    title: "route-b allows consumer1 only, and this is consumer2 on that day",
    host: "xxx.hello.com",
    path: "/other",
    headers: bearer(consumer2Token),
    day: "2022-10-13",
    expected: refused(403, "Access Denied"),
  },
  {
    title: "a tampered token: another payload under consumer1's signature",
    host: "xxx.hello.com",
    path: "/test",
    headers: bearer(tampered),
    expected: refused(401, "Jwt verification fails"),
  },
  {
    title: "a good signature, but an issuer that no consumer has",
    host: "xxx.hello.com",
    path: "/test",
    headers: bearer(stranger),
    expected: refused(401, "Jwt verification fails"),
  },
]

/** What X-Mse-Consumer is for: only the gate may write it. */
const spoofed: readonly DemoRequest[] = [
  {
    title: "an open route, no token, a spoofed identity: passes as nobody",
    host: "xxx.hello.com",
    path: "/open",
    headers: { "X-Mse-Consumer": "admin" },
    expected: ok("(none)"),
  },
  {
    title: "route-a, consumer1's token and a spoofed identity",
    host: "xxx.hello.com",
    path: "/test",
    headers: { ...bearer(consumer1Token), "X-Mse-Consumer": "admin" },
    expected: ok("consumer1", "authorization: Bearer eyJ…CQ4", "x-mse-consumer: consumer1"),
  },
]

export const sections = [
  { heading: "The document's own requests", requests: fromTheDocument },
  { heading: "Its consumers and its error codes", requests: fromItsTables },
  { heading: "What its X-Mse-Consumer is worth when a client sends one", requests: spoofed },
] as const

/** Noon of a day, in seconds since 1970. */
export function seconds(day: string): number {
  return Date.parse(`${day}T12:00:00Z`) / 1000
}
