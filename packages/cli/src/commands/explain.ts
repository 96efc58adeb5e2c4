import { checkRequirement, createAuthenticator, type Decision, type Requirement } from "@jwt-auth/core"
import { type Explanation, explain as explainRequest } from "@jwt-auth/core/explain"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { collect, examples } from "../help.js"
import { describeRequest, toAuthRequest } from "../http-request.js"
import { inOurWords } from "../in-our-words.js"
import { type Io, note, print, printJson, tokenless } from "../io.js"
import { readConfig } from "../read-config.js"
import { renderExplanation } from "../render-explanation.js"
import { countIssues, renderIssues } from "../render-issues.js"
import { type RequestArguments, readRequest } from "../request-arguments.js"
import { parseTime } from "../time.js"
import { UsageError } from "../usage-error.js"

export interface ExplainArguments extends RequestArguments {
  readonly config: string
  readonly route?: string
  readonly allow?: string
  readonly optional?: boolean
  readonly scope?: readonly string[]
  readonly at?: string
  readonly redact?: boolean
  readonly json?: boolean
}

export function defineExplain(program: Command, act: Act): void {
  program
    .command("explain")
    .summary("say why a request is allowed or refused")
    .description(
      "Decides one request as the gate would, and says why: which rule applied, and how far the token came for every consumer. " +
        "Shows the claims that something failed for, with --json all of them (see --redact), and never a token or a key.",
    )
    .requiredOption("--config <file>", "the config, in YAML or JSON (required)")
    .option("--request <line>", "the request, such as 'GET https://api.example.com/orders' or 'GET /orders'")
    .option("-H, --header <header>", "a header of the request; may be repeated", collect)
    .option(
      "--curl <command>",
      "a curl command instead, pasted whole, the file of its $(cat FILE) is read; - is standard input",
    )
    .option(
      "--token-file <file>",
      "a file with the token, sent as Authorization: Bearer; - is standard input",
    )
    .option("--route <name>", "the name that the code gives the route")
    .option("--allow <names>", "what the code asks for: consumers, with commas between, or any")
    .option("--optional", "the code lets requests without a token pass")
    .option("--scope <scope>", "a scope that the code asks for; may be repeated", collect)
    .option("--at <time>", "decide as at this time: 2026-01-31T12:00:00Z, or seconds since 1970")
    .option("--redact", "leave out the values of claims")
    .option("--json", "the result as JSON")
    .addHelpText(
      "after",
      examples(
        [
          "jwt-auth explain --config jwt-auth.yaml --request 'GET https://api.example.com/orders' --token-file token.txt",
        ],
        [
          "jwt-auth explain --config jwt-auth.yaml --curl -",
          "paste the curl command that fails, then Ctrl-D",
        ],
        ["pbpaste | jwt-auth explain --config jwt-auth.yaml --request /orders --token-file - --allow web"],
      ),
    )
    .action((options: ExplainArguments) => act((io) => explain(tokenless(io), options)))
}

/** 1 when the request is refused. */
export async function explain(io: Io, args: ExplainArguments): Promise<ExitCode> {
  refuseSharedStdin(args)
  const { config, ...read } = await readConfig(io, args.config)
  if (config === undefined) {
    note(io, ...renderIssues(read), [`${read.file}: ${countIssues(read.issues)}`])
    return exitCode.usage
  }
  const requirement = requirementOf(args)
  if (requirement !== undefined) await inOurWords(ourName, () => checkRequirement(requirement, config))
  const now = args.at === undefined ? io.now() : timeOf(args.at)
  const request = await readRequest(io, args)
  const authenticator = createAuthenticator(config, { now: () => now })
  const options = { redact: args.redact === true }
  const explanation = await explainRequest(authenticator, toAuthRequest(request), requirement, options)
  const described = describeRequest(request)
  if (args.json === true) printJson(io, toJson(described, explanation))
  else print(io, renderExplanation(described, explanation, io.stdout.columns))
  return explanation.decision.outcome === "deny" ? exitCode.refused : exitCode.ok
}

function refuseSharedStdin({ config, curl, tokenFile }: ExplainArguments): void {
  if ([config, curl, tokenFile].filter((source) => source === "-").length > 1) {
    throw new UsageError("only one of --config, --curl and --token-file can be standard input")
  }
}

function requirementOf({ route, allow, optional, scope }: ExplainArguments): Requirement | undefined {
  const requirement: Requirement = {
    ...(route !== undefined && { route }),
    ...(allow !== undefined && {
      allow: allow === "any" ? "any" : allow.split(",").map((name) => name.trim()),
    }),
    ...(optional === true && { optional }),
    ...(scope !== undefined && { scopes: scope }),
  }
  return Object.keys(requirement).length === 0 ? undefined : requirement
}

/** The fields of a requirement are options of this command. */
function ourName(path: string): string {
  return path.replace(/^(allow|optional|route|scope)s?(?:\[\d+\])?$/, "--$1")
}

function timeOf(text: string): number {
  const time = parseTime(text)
  if (typeof time === "number") return time
  throw new UsageError("--at is not a time", timeFixes[time])
}

const timeFixes = {
  "no such date": "No calendar has that date and time of day.",
  milliseconds: "It is in milliseconds; give seconds.",
  "another form": "Write it with its zone, 2026-01-31T12:00:00Z, or as seconds since 1970.",
} as const

/** Not the decision itself: its edits may hold the query. */
function toJson(request: string, { decision, rule, tokens, consumers }: Explanation): object {
  return { request, ...decisionJson(decision), rule, tokens, consumers }
}

function decisionJson(decision: Decision): object {
  switch (decision.outcome) {
    case "allow":
      return { outcome: "allow", consumer: decision.auth.consumer }
    case "deny":
      return { outcome: "deny", ...statusOf(decision.denial) }
    case "pass":
      return {
        outcome: "pass",
        ...(decision.wouldDeny !== undefined && { wouldDeny: statusOf(decision.wouldDeny) }),
      }
  }
}

function statusOf({ status, code, message }: { status: number; code: string; message: string }): object {
  return { status, code, message }
}
