import type { Algorithm } from "@jwt-auth/core"
import { type GeneratedKey, generateKey } from "@jwt-auth/core/issue"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import { type Io, note, printJson } from "../io.js"
import { jsonText } from "../printable.js"
import { nameOf, problemOf } from "../read-input.js"
import { UsageError } from "../usage-error.js"

export interface KeygenArguments {
  readonly alg: string
  readonly kid?: string
  readonly outPrivate?: string
  readonly force?: boolean
  readonly json?: boolean
}

export function defineKeygen(program: Command, act: Act): void {
  program
    .command("keygen")
    .summary("make a key: the private part into a file, the public part to stdout")
    .description(
      "Makes a key. The private JWK goes into a file that only you can read, the public key set for a consumer's jwks " +
        "to standard output. The kid is the key's thumbprint (RFC 7638) unless one is given.",
    )
    .requiredOption("--alg <alg>", "HS, RS, PS or ES with 256, 384 or 512, or EdDSA")
    .option("--kid <kid>", "the name of the key")
    .option("--out-private <file>", "where the private JWK goes, with mode 0600; an existing file is kept")
    .option("--force", "overwrite the file of --out-private")
    .option("--json", "print { privateJwk, jwks } instead: for a program that stores the key itself")
    .addHelpText(
      "after",
      examples(
        ["jwt-auth keygen --alg ES256 --out-private private.jwk > web.jwks.json"],
        ["jwt-auth keygen --alg EdDSA --json | vault kv put secret/jwt -", "without a file"],
      ),
    )
    .action((options: KeygenArguments) => act((io) => keygen(io, options)))
}

export async function keygen(
  io: Io,
  { alg, kid, outPrivate, force, json }: KeygenArguments,
): Promise<ExitCode> {
  if ((outPrivate === undefined) === (json !== true)) {
    throw new UsageError(
      "say where the private key goes: either --out-private FILE or --json",
      "--out-private writes a file that only you can read; --json prints the private key.",
    )
  }
  const key = await generateKey(alg as Algorithm, { ...(kid !== undefined && { kid }) })
  if (outPrivate === undefined) printJson(io, { privateJwk: key.privateJwk, jwks: key.jwks })
  else await store(io, key, nameOf(outPrivate), force === true)
  return exitCode.ok
}

async function store(
  io: Io,
  { privateJwk, jwks }: GeneratedKey,
  file: string,
  force: boolean,
): Promise<void> {
  try {
    await io.writePrivate(file, `${jsonText(privateJwk)}\n`, force)
  } catch (failure) {
    const problem = problemOf(failure)
    const fix = problem.startsWith("it exists")
      ? "Choose another file, or overwrite it with --force."
      : undefined
    throw new UsageError(`cannot write ${file}: ${problem}`, fix)
  }
  if (privateJwk.kty === "oct") {
    note(io, [`${file} has the secret. It has no public part: who verifies with it can sign, too.`])
    note(io, [`For a consumer's jwks: jwt-auth jwks --symmetric ${file}`])
  } else {
    printJson(io, jwks)
  }
}
