import { expect, it } from "vitest"
import { ask } from "./answers.js"
import { makeIssuer } from "./issuer.js"
import { frameworks, peers, programOf } from "./programs.js"
import { anyone } from "./settings.js"
import { type Program, startServer } from "./start-server.js"

const issuers = { HS256: await makeIssuer("HS256"), ES256: await makeIssuer("ES256") }
type Asked = keyof typeof issuers

// One symmetric and one asymmetric algorithm: before a measurement, every program is asked with the one that it gets.
const cases: readonly (readonly [Program, Asked])[] = [
  ["node/jwt-auth", "ES256"],
  ["node/verify-sync", "ES256"],
  ["node/verify-pool", "ES256"],
  ...frameworks.map((framework) => [programOf(framework, "jwt-auth"), "ES256"] as const),
  ...Object.values(peers)
    .flat()
    .flatMap(({ program, algorithms }) =>
      (["HS256", "ES256"] as const)
        .filter((algorithm) => algorithms.includes(algorithm))
        .map((algorithm) => [program, algorithm] as const),
    ),
]

/** Runs a server program from the sources for as long as it is asked. */
async function withServer(
  program: Program,
  algorithm: Asked,
  asking: (port: number) => Promise<void>,
): Promise<void> {
  const server = await startServer(program, issuers[algorithm].settings, ["--conditions=@jwt-auth/source"])
  try {
    await asking(server.port)
  } finally {
    await server.stop()
  }
}

it.concurrent.each(cases)("%s with %s lets good tokens in, and no others", (program, algorithm) =>
  withServer(program, algorithm, async (port) => {
    const { tokens, badToken } = issuers[algorithm]
    const [first, second] = tokens(2)
    for (const token of [first, second, first])
      expect(await ask(port, token)).toEqual({ status: 200, body: anyone })
    expect(await ask(port, badToken)).toMatchObject({ status: 401 })
    expect(await ask(port)).toMatchObject({ status: 401 })
  }),
)

const unprotected = (["node:http", ...frameworks] as const).flatMap((framework) => [
  programOf(framework, "no-auth"),
  programOf(framework, "no-op"),
])

it.concurrent.each(unprotected)("%s gives every caller the answer of the others", (program) =>
  withServer(program, "HS256", async (port) => {
    const [token] = issuers.HS256.tokens(1)
    expect(await ask(port, token)).toEqual({ status: 200, body: anyone })
  }),
)

it("a program that ends at its start says why", async () => {
  const none = { ...issuers.HS256.settings, jwk: { kty: "none" } as never }
  await expect(startServer("node/jwt-auth", none, ["--conditions=@jwt-auth/source"])).rejects.toThrow("jwks")
})
