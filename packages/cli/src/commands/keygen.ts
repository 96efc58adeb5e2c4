import type { Algorithm } from "@jwt-auth/core"
import { type GeneratedKey, generateKey } from "@jwt-auth/core/issue"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import { type Io, note, printJson } from "../io.js"
import { jsonText } from "../printable.js"
import { nameOf } from "../read-input.js"
import { UsageError } from "../usage-error.js"
import { writePrivate, writePublic } from "../write-file.js"

export interface KeygenArguments {
  readonly alg: string
  readonly kid?: string
  readonly outPrivate?: string
  readonly outPublic?: string
  readonly force?: boolean
  readonly json?: boolean
}

export function defineKeygen(program: Command, act: Act): void {
  program
    .command("keygen")
    .summary("make a key: the private key into a file, and its public key set")
    .description(
      "Makes a key. The private JWK goes into a file that only you can read, the public key set for a consumer's jwks " +
        "into another file or to standard output. The kid is the key's thumbprint (RFC 7638) unless one is given.",
    )
    .requiredOption("--alg <alg>", "HS, RS, PS or ES with 256, 384 or 512, or EdDSA (required)")
    .option("--kid <kid>", "the name of the key")
    .option("--out-private <file>", "where the private JWK goes, with mode 0600; an existing file is kept")
    .option("--out-public <file>", "where the public key set goes; an existing file is kept")
    .option("--force", "overwrite the files of --out-private and --out-public")
    .option("--json", "print { privateJwk, jwks } instead: for a program that stores the key itself")
    .addHelpText(
      "after",
      examples(
        ["jwt-auth keygen --alg ES256 --out-private private.jwk --out-public web.jwks.json"],
        ["jwt-auth keygen --alg EdDSA --json | vault kv put secret/jwt -", "without a file"],
      ),
    )
    .action((options: KeygenArguments) => act((io) => keygen(io, options)))
}

export async function keygen(io: Io, args: KeygenArguments): Promise<ExitCode> {
  const { alg, kid, outPrivate, outPublic, json } = args
  if ((outPrivate === undefined) === (json !== true)) {
    throw new UsageError(
      "say where the private key goes: either --out-private FILE or --json",
      "--out-private writes a file that only you can read; --json prints the private key.",
    )
  }
  refuseStandardOutput("--out-private", outPrivate)
  refuseStandardOutput("--out-public", outPublic)
  if (outPublic !== undefined) refuseUselessPublic(args)
  const key = await generateKey(alg as Algorithm, { ...(kid !== undefined && { kid }) })
  if (outPrivate === undefined) printJson(io, { privateJwk: key.privateJwk, jwks: key.jwks })
  else await store(io, key, nameOf(outPrivate), args)
  return exitCode.ok
}

function refuseStandardOutput(option: string, file: string | undefined): void {
  if (file !== "-") return
  throw new UsageError(
    `${option} is a file, and - is none`,
    "--json prints both keys; without --out-public the public key set is printed.",
  )
}

function refuseUselessPublic({ alg, outPrivate, outPublic }: KeygenArguments): void {
  if (outPrivate === undefined) throw new UsageError("--out-public goes with --out-private, not with --json")
  if (outPrivate === outPublic) throw new UsageError("--out-private and --out-public are the same file")
  if (alg.startsWith("HS")) {
    throw new UsageError("a key for HMAC is a secret, and has no public part", "Leave --out-public out.")
  }
}

async function store(
  io: Io,
  { privateJwk, jwks }: GeneratedKey,
  file: string,
  { outPublic, force = false }: KeygenArguments,
): Promise<void> {
  const isSecret = privateJwk.kty === "oct"
  // A shell has emptied the target of > by now.
  const again = isSecret ? "" : `The public set of the key that is there: jwt-auth jwks ${file}`
  await writePrivate(io, file, `${jsonText(privateJwk)}\n`, force, again)
  if (isSecret) {
    note(io, [`${file} has the secret. It has no public part: who verifies with it can sign, too.`])
    note(io, [`For a consumer's jwks: jwt-auth jwks --symmetric ${file}`])
  } else if (outPublic === undefined) {
    printJson(io, jwks)
  } else {
    const kept = `The new private key is in ${file}; its public set: jwt-auth jwks ${file}`
    await writePublic(io, nameOf(outPublic), `${jsonText(jwks)}\n`, force, kept)
  }
}
