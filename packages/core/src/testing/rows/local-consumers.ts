import type { Rule } from "../../config/document.js"
import { type Cast, forged } from "../cast.js"
import { allows, fails, lacksScope, missing, passes, passesDespite } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 2: `consumers` in a rule, which stand instead of the global ones, with everything that goes beside them. */
export async function localConsumerRows({ web, local, stranger }: Cast): Promise<ConformanceRow[]> {
  const config = (rule: Partial<Rule>) => ({
    global_auth: true,
    consumers: [web.consumer()],
    rules: [{ match: { path: "/a" }, consumers: [local.consumer()], ...rule }],
  })
  const row = rowsOf("2", config({}))
  const optional = config({ optional: true })
  const scoped = config({ scopes: ["a"] })
  const reported = config({ report_only: true })
  const path = "/a"
  const good = await local.token({ scope: "b" })
  const bad = await forged(local, stranger)
  return [
    row("a rule's own consumer is let in by it", { path, token: good }, allows("local")),
    row("a rule's own consumer is unknown to everything else", { path: "/b", token: good }, fails),
    row("a global consumer is unknown to a rule with its own", { path, token: await web.token() }, fails),
    row("a rule with its own consumers asks for a token", { path }, missing),
    row(
      "a rule's own consumer of a global one's name is verified by its own key",
      { config: config({ consumers: [{ ...local.consumer(), name: "web" }] }), path, token: good },
      allows("web"),
    ),
    row("optional, with a rule's own consumers: no token", { config: optional, path }, passes),
    row(
      "optional, with a rule's own consumers: a good token",
      { config: optional, path, token: good },
      allows("local"),
    ),
    row("optional, with a rule's own consumers: a bad token", { config: optional, path, token: bad }, fails),
    row(
      "optional, with a rule's own consumers: a global one's",
      { config: optional, path, token: await web.token() },
      fails,
    ),
    row(
      "scopes, with a rule's own consumers: all there",
      { config: scoped, path, token: await local.token({ scope: "a" }) },
      allows("local"),
    ),
    row(
      "scopes, with a rule's own consumers: one lacking",
      { config: scoped, path, token: good },
      lacksScope("a"),
    ),
    row(
      "report_only, with a rule's own consumers: no token",
      { config: reported, path },
      passesDespite("jwt_missing"),
    ),
    row(
      "report_only, with a rule's own consumers: a good token",
      { config: reported, path, token: good },
      allows("local"),
    ),
  ]
}
