import type { Program } from "./start-server.js"

export const frameworks = ["Express", "Koa", "Hono"] as const
export type Framework = (typeof frameworks)[number]

const everyKind = ["HS256", "RS256", "ES256"] as const

/** A usual middleware, and the algorithms that it is asked with. */
export interface Peer {
  readonly name: string
  readonly program: Program
  readonly algorithms: readonly (typeof everyKind)[number][]
}

export const peers: Readonly<Record<Framework, readonly Peer[]>> = {
  Express: [
    { name: "express-jwt", program: "express/express-jwt", algorithms: everyKind },
    {
      name: "express-oauth2-jwt-bearer",
      program: "express/express-oauth2-jwt-bearer",
      // Made for the public keys of an authorization server.
      algorithms: ["RS256", "ES256"],
    },
    { name: "passport-jwt", program: "express/passport-jwt", algorithms: everyKind },
  ],
  Koa: [{ name: "koa-jwt", program: "koa/koa-jwt", algorithms: everyKind }],
  Hono: [
    { name: "hono/jwt", program: "hono/hono-jwt", algorithms: everyKind },
    { name: "hono/jwk", program: "hono/hono-jwk", algorithms: ["RS256", "ES256"] },
  ],
}

/** Our own program for a framework, and those without authentication. */
export function programOf(
  framework: Framework | "node:http",
  name: "jwt-auth" | "no-auth" | "no-op",
): Program {
  return framework === "node:http" ? `node/${name}` : `${folders[framework]}/${name}`
}

const folders = { Express: "express", Koa: "koa", Hono: "hono" } as const
