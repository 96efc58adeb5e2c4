import type { ConfigIssue } from "../../config/config-error.js"
import type { WrittenConfig } from "./write-config.js"
import type { WrittenConsumer } from "./write-consumers.js"

/** What is wrong with a written config, said of the place in the source that it came from. */
export function toSourceIssue(issue: ConfigIssue, { base, consumers, rules }: WrittenConfig): ConfigIssue {
  const { path } = issue
  const [, list, index = "", rest = ""] = /^(consumers|rules)\[(\d+)\]\.?(.*)$/.exec(path) ?? []
  if (list === "consumers") return inConsumer(issue, rest, consumers[Number(index)], base.path)
  if (list !== "rules") return path === "realm" ? { ...issue, path: `${base.path}.realm` } : issue
  const rule = rules[Number(index)]
  if (rule === undefined) return issue
  const { route } = rule.piece
  const [, own, ownRest = ""] = /^consumers\[(\d+)\]\.?(.*)$/.exec(rest) ?? []
  if (own === undefined) return { ...issue, path: route.path }
  const plugin = route.guard.jwtAuth?.path ?? route.path
  return inConsumer(issue, ownRest, rule.consumers[Number(own)], plugin)
}

/** What a plugin says, and all its consumers with it. */
const ofPlugin: Readonly<Record<string, string>> = {
  from_headers: "header",
  from_params: "query",
  from_cookies: "cookie",
  claims: "key_claim_name",
}

function inConsumer(
  issue: ConfigIssue,
  rest: string,
  written: WrittenConsumer | undefined,
  plugin: string,
): ConfigIssue {
  const [field = ""] = /^\w*/.exec(rest) ?? []
  const shared = ofPlugin[field]
  if (shared !== undefined) return { ...issue, path: `${plugin}.${shared}` }
  const credential = written?.credential
  if (credential === undefined) return issue
  const path = field === "jwks" ? `${credential.path}.${credential.keyField}` : credential.path
  return { ...issue, path, message: `${issue.message} (consumer "${credential.name}")` }
}
