import { type ConfigIssue, checkConfig, type Jwk } from "@jwt-auth/core"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import { type Io, printJson } from "../io.js"
import { noteIssues } from "../note-issues.js"
import { publicKeyOf } from "../public-key.js"
import { nameOf } from "../read-input.js"
import { readKeys } from "../read-keys.js"
import { UsageError } from "../usage-error.js"

export interface JwksArguments {
  readonly files: readonly string[]
  readonly alg?: string
  readonly symmetric?: boolean
}

export function defineJwks(program: Command, act: Act): void {
  program
    .command("jwks")
    .summary("print the public key set of keys, for a consumer's jwks")
    .description(
      "Prints the public key set (RFC 7517) of private or public keys: JWK, key set, PEM (PKCS#8, PKCS#1, SEC 1, SPKI) or " +
        "X.509 certificate. A key without a kid gets its thumbprint (RFC 7638).",
    )
    .argument("<file...>", "key files; - is standard input")
    .option("--alg <alg>", "the algorithm of keys that do not say theirs, such as RS256")
    .option("--symmetric", "take HMAC secrets too: the output is then as secret as they are")
    .addHelpText(
      "after",
      examples(
        ["jwt-auth jwks private.jwk > web.jwks.json"],
        ["jwt-auth jwks --alg RS256 current.pem next.pem", "two keys while one replaces the other"],
      ),
    )
    .action((files: string[], options: Omit<JwksArguments, "files">) =>
      act((io) => jwks(io, { files, ...options })),
    )
}

/** 1 when a consumer would not take the key set. */
export async function jwks(io: Io, { files, alg, symmetric = false }: JwksArguments): Promise<ExitCode> {
  const keys: Jwk[] = []
  for (const file of files) {
    for (const jwk of await readKeys(io, file)) keys.push(shownKey(jwk, nameOf(file), alg, symmetric))
  }
  const issues = problemsOf(keys)
  noteIssues(io, issues)
  if (issues.some(({ severity }) => severity === "error")) return exitCode.refused
  printJson(io, { keys: withoutRepetition(keys) })
  return exitCode.ok
}

function shownKey(jwk: Jwk, name: string, alg: string | undefined, symmetric: boolean): Jwk {
  if (jwk.kty !== "oct") {
    const shown = publicKeyOf(jwk, alg)
    if (shown === undefined) throw new UsageError(`${name} has a ${jwk.kty} key that cannot be used`)
    return shown
  }
  if (!symmetric) {
    const fix = "--symmetric prints it all the same, for the config of a gate that verifies with it."
    throw new UsageError(`${name} is an HMAC secret, and a secret has no public part`, fix)
  }
  const { k, kid } = jwk
  const chosen = jwk.alg ?? alg
  return {
    kty: "oct",
    ...(k !== undefined && { k }),
    ...(kid !== undefined && { kid }),
    use: "sig",
    ...(chosen !== undefined && { alg: chosen }),
  }
}

/** What the core says of these keys in a config, where they are going to stand. */
function problemsOf(keys: readonly Jwk[]): readonly ConfigIssue[] {
  const { issues } = checkConfig({ consumers: [{ name: "one", issuer: "one", jwks: { keys } }] })
  return issues.map((issue) => ({
    ...issue,
    path: issue.path.replace(/^consumers\[0\]\.jwks\.?/, "") || "the key set",
  }))
}

/** A private key and its public half are the same key. */
function withoutRepetition(keys: readonly Jwk[]): readonly Jwk[] {
  return [...new Map(keys.map((jwk) => [JSON.stringify(jwk), jwk])).values()]
}
