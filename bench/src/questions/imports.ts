import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { figureOf, ratiosToOthers, type Sample } from "../measure/samples.js"
import { shuffled } from "../measure/shuffled.js"
import type { Question } from "../result.js"

const ours = "@jwt-auth"

/** What is imported, by the name that is shown. */
const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "without a framework": {
    [ours]: "@jwt-auth/core",
    "fast-jwt": "fast-jwt",
    jsonwebtoken: "jsonwebtoken",
    jose: "jose",
    "aws-jwt-verify": "aws-jwt-verify",
  },
  Express: {
    [ours]: "@jwt-auth/express",
    "express-jwt": "express-jwt",
    "express-oauth2-jwt-bearer": "express-oauth2-jwt-bearer",
    "passport-jwt": "passport-jwt",
  },
  Koa: { [ours]: "@jwt-auth/koa", "koa-jwt": "koa-jwt" },
  Hono: { [ours]: "@jwt-auth/hono", "hono/jwt": "hono/jwt", "hono/jwk": "hono/jwk" },
}

/** What a program waits for before its first line. */
export const imports: Question = {
  id: "imports",
  title: "How long does the import take?",
  about:
    "Milliseconds of one import in a fresh process, with everything that it imports; frameworks are not among it.",
  chart: "bars",
  budgets: [],
  async measure(progress, { rounds }) {
    const entries = Object.entries(groups).flatMap(([group, members]) =>
      Object.entries(members).map(([name, specifier]) => ({
        group,
        name,
        specifier,
        values: [] as number[],
      })),
    )
    // Once for the file cache.
    for (const { specifier } of entries) await timeImport(specifier)
    for (let round = 0; round < rounds; round++) {
      progress(`round ${round + 1} of ${rounds}`)
      for (const { specifier, values } of shuffled(entries)) values.push(await timeImport(specifier))
    }
    const samples: Sample[] = entries
    return { figures: samples.map((sample) => figureOf(sample, "ms")), ratios: ratiosToOthers(samples, ours) }
  },
}

const run = promisify(execFile)
/** From where the packages are found. */
const cwd = fileURLToPath(new URL("../..", import.meta.url))

async function timeImport(specifier: string): Promise<number> {
  const program = `
    const start = performance.now()
    await import("${specifier}")
    console.log(performance.now() - start)
  `
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd })
  return Number(stdout)
}
