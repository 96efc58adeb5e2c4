import type { Jwk } from "@jwt-auth/core"
import { show } from "@jwt-auth/core/explain"
import { createIssuer } from "@jwt-auth/core/issue"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { collect, examples } from "../help.js"
import { inOurWords } from "../in-our-words.js"
import type { Io } from "../io.js"
import { publicKeyOf } from "../public-key.js"
import { nameOf, readInput } from "../read-input.js"
import { readKeys } from "../read-keys.js"
import { parseDuration } from "../time.js"
import { UsageError } from "../usage-error.js"

export interface SignArguments {
  readonly key: string
  readonly issuer: string
  readonly expiresIn: string
  readonly audience?: readonly string[]
  readonly type?: string
  readonly claim?: readonly string[]
  readonly claims?: string
  readonly alg?: string
  readonly kid?: string
}

export function defineSign(program: Command, act: Act): void {
  program
    .command("sign")
    .summary("sign a token")
    .description(
      "Signs a token and prints it, and nothing else. iat, nbf, exp and a random jti are always set.",
    )
    .requiredOption(
      "--key <file>",
      "private JWK, key set with one key, or PEM (PKCS#8, PKCS#1, SEC 1) (required)",
    )
    .requiredOption("--issuer <iss>", "the claim iss (required)")
    .requiredOption("--expires-in <time>", "lifetime: 90s, 10m, 2h, 1d, or seconds (required)")
    .option("--audience <aud>", "the claim aud; may be repeated", collect)
    .option("--type <typ>", "the header's typ, such as at+jwt")
    .option("--claim <name=text>", "a claim that is a text; may be repeated", collect)
    .option("--claims <file>", "a file with a JSON object of claims; - is standard input")
    .option("--alg <alg>", "the algorithm, when the key does not say it, such as RS256")
    .option("--kid <kid>", "the header's kid, when the key has none (default: its thumbprint, RFC 7638)")
    .addHelpText(
      "after",
      examples(
        [
          "jwt-auth sign --key private.jwk --issuer https://login.example.com --expires-in 10m --claim sub=alice",
        ],
        [
          'curl -H "Authorization: Bearer $(jwt-auth sign --key private.jwk --issuer https://login.example.com --expires-in 1m)" https://api.example.com/orders',
        ],
      ),
    )
    .action((options: SignArguments) => act((io) => sign(io, options)))
}

export async function sign(io: Io, args: SignArguments): Promise<ExitCode> {
  if (args.key === "-" && args.claims === "-") {
    throw new UsageError("--key and --claims cannot both be standard input")
  }
  const expiresInSeconds = parseDuration(args.expiresIn)
  if (expiresInSeconds === undefined) {
    throw new UsageError("--expires-in is not a lifetime", "Write 90s, 10m, 2h, 1d, or seconds.")
  }
  const privateJwk = await readSigningKey(io, args)
  const claims = { ...(await readClaims(io, args.claims)), ...textClaims(args.claim ?? []) }
  const [only, ...more] = args.audience ?? []
  const audience = more.length > 0 ? args.audience : only
  const { issuer, type } = args
  const token = await inOurWords(ourName, () =>
    createIssuer({
      issuer,
      privateJwk,
      expiresInSeconds,
      clock: io.now,
      ...(audience !== undefined && { audience }),
      ...(type !== undefined && { type }),
    }).issue(claims),
  )
  io.stdout.write(`${token}\n`)
  return exitCode.ok
}

async function readSigningKey(io: Io, { key, alg, kid }: SignArguments): Promise<Jwk> {
  const [jwk, ...others] = await readKeys(io, key)
  if (jwk === undefined || others.length > 0) {
    throw new UsageError(
      `${nameOf(key)} has ${others.length + 1} keys, and one signs`,
      "Give it a file of its own.",
    )
  }
  refuseContradiction("alg", alg, jwk.alg)
  refuseContradiction("kid", kid, jwk.kid)
  const name = kid ?? jwk.kid ?? publicKeyOf(jwk, alg)?.kid
  return { ...jwk, ...(alg !== undefined && { alg }), ...(name !== undefined && { kid: name }) }
}

function refuseContradiction(name: string, given: string | undefined, own: string | undefined): void {
  if (given === undefined || own === undefined || given === own) return
  throw new UsageError(`--${name} is another than the key's own, ${show(own)}`, `Leave --${name} out.`)
}

async function readClaims(io: Io, file: string | undefined): Promise<object> {
  if (file === undefined) return {}
  const text = await readInput(io, file)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value
  } catch {
    // The same problem for whoever has to mend it, and the parser would quote the text.
  }
  throw new UsageError(`${nameOf(file)} is not a JSON object of claims`)
}

function textClaims(claims: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    claims.map((claim) => {
      const equals = claim.indexOf("=")
      if (equals < 1) throw new UsageError("--claim needs a name and a text", "Write --claim sub=alice.")
      return [claim.slice(0, equals), claim.slice(equals + 1)]
    }),
  )
}

/** The options of the issuer are those of this command under other names. */
function ourName(path: string): string {
  return path
    .replace(/^privateJwk\.alg$/, "--alg")
    .replace(/^privateJwk/, "--key")
    .replace("expiresInSeconds", "--expires-in")
    .replace(/^(?=issuer|audience|type)/, "--")
}
