import { fileURLToPath } from "node:url"
import { measured, type Size, weigh } from "../../../tests/packages/sizes.js"
import { figureOf } from "../measure/samples.js"
import type { Budget, Figure, Question } from "../result.js"

const withoutDependencies = "core without jose and zod"
const withDependencies = "core with jose and zod"

/** What an app that verifies tokens takes from each library. A bundler leaves out what is not asked for, where it can. */
const peers: Readonly<Record<string, string>> = {
  "fast-jwt": 'export { createVerifier } from "fast-jwt"',
  jsonwebtoken: 'export { default } from "jsonwebtoken"',
  jose: 'export { createLocalJWKSet, jwtVerify } from "jose"',
  "aws-jwt-verify": 'export { JwtVerifier } from "aws-jwt-verify"',
  "express-jwt": 'export { expressjwt } from "express-jwt"',
  "express-oauth2-jwt-bearer": 'export { auth } from "express-oauth2-jwt-bearer"',
  "passport-jwt": 'export { ExtractJwt, Strategy } from "passport-jwt"',
  "koa-jwt": 'export { default } from "koa-jwt"',
  "hono/jwt": 'export { jwt } from "hono/jwt"',
  "hono/jwk": 'export { jwk } from "hono/jwk"',
}

/** What a client of a function or a worker loads. */
export const size: Question = {
  id: "size",
  title: "How large is it in a bundle?",
  about:
    "kB (1,000 bytes) of one bundle by esbuild, minified and compressed with gzip. Peers are bundled with all that they depend on.",
  chart: "bars",
  budgets: [budgetOf(withoutDependencies, 10), budgetOf(withDependencies, 22)],
  async measure(progress) {
    const figures: Figure[] = []
    for (const [name, measure] of Object.entries(measured)) {
      progress(name)
      figures.push(figure("@jwt-auth", name, await measure()))
    }
    for (const [name, program] of Object.entries(peers)) {
      progress(name)
      figures.push(figure("peers", name, await weigh(bundleOf(program))))
    }
    return { figures, ratios: [] }
  },
}

const resolveDir = fileURLToPath(new URL("..", import.meta.url))

function bundleOf(program: string) {
  return { stdin: { contents: program, resolveDir }, platform: "node" as const }
}

function figure(group: string, name: string, { gzipped }: Size): Figure {
  return figureOf({ group, name, values: [gzipped / 1_000] }, "kB")
}

function budgetOf(name: string, most: number): Budget {
  return {
    what: `${name}, minified and compressed: at most ${most} kB`,
    limit: { atMost: most },
    measured: ({ figures }) => figures.find((figure) => figure.name === name)?.median,
  }
}
