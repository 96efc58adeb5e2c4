import type { Rule } from "../../config/document.js"
import { type Cast, forged } from "../cast.js"
import { accessDenied, allows, fails, missing, passes, passesDespite } from "../expectations.js"
import type { ConformanceRow, Expectation } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** The answers to: no token, an allowed caller's, another known caller's, a bad one. */
type Answers = readonly [Expectation, Expectation, Expectation, Expectation]

const open: Answers = [passes, passes, passes, passes]
const any: Answers = [missing, allows("web"), allows("partner"), fails]
const webOnly: Answers = [missing, allows("web"), accessDenied, fails]
const webOrNobody: Answers = [passes, allows("web"), accessDenied, fails]
const localOnly: Answers = [missing, allows("local"), fails, fails]
const reported: Answers = [
  passesDespite("jwt_missing"),
  allows("web"),
  passesDespite("access_denied"),
  passesDespite("jwt_verification_fails"),
]

interface Situation {
  readonly name: string
  readonly rules?: readonly Rule[]
  /** The answers while `global_auth` is unset, true, false. */
  readonly answers: readonly [unset: Answers, yes: Answers, no: Answers]
}

/** 3.2: `global_auth`, times the rules, times the token. All of it, so that no cell is left to chance. */
export async function askedRows({ web, partner, local, stranger }: Cast): Promise<ConformanceRow[]> {
  const here = { path: "/here" }
  const elsewhere: Rule = { match: { path: "/elsewhere" }, allow: ["web"] }
  const localConsumers = [local.consumer()]
  const situations: readonly Situation[] = [
    { name: "no rules", answers: [any, any, open] },
    { name: "an empty list of rules", rules: [], answers: [any, any, open] },
    { name: "rules of which none matches", rules: [elsewhere], answers: [open, any, open] },
    { name: "an allow rule", rules: [{ match: here, allow: ["web"] }], answers: [webOnly, webOnly, webOnly] },
    { name: "an allow rule for any", rules: [{ match: here, allow: "any" }], answers: [any, any, any] },
    {
      name: "a public rule before others",
      rules: [{ match: here, public: true }, elsewhere],
      answers: [open, open, open],
    },
    { name: "a public rule alone", rules: [{ match: here, public: true }], answers: [open, open, open] },
    {
      name: "only public rules of which none matches",
      rules: [{ match: { path: "/elsewhere" }, public: true }],
      answers: [any, any, open],
    },
    {
      name: "a rule with consumers of its own",
      rules: [{ match: here, consumers: localConsumers }],
      answers: [localOnly, localOnly, localOnly],
    },
    {
      name: "an unmatched rule with consumers of its own",
      rules: [{ match: { path: "/elsewhere" }, consumers: localConsumers }],
      answers: [open, any, open],
    },
    {
      name: "an optional rule",
      rules: [{ match: here, allow: ["web"], optional: true }],
      answers: [webOrNobody, webOrNobody, webOrNobody],
    },
    {
      name: "a report_only rule",
      rules: [{ match: here, allow: ["web"], report_only: true }],
      answers: [reported, reported, reported],
    },
  ]
  const good = { web: await web.token(), partner: await partner.token(), local: await local.token() }
  const bad = await forged(web, stranger)
  return situations.flatMap(({ name, rules, answers }) =>
    ([undefined, true, false] as const).flatMap((globalAuth, i) => {
      const row = rowsOf("3.2", {
        consumers: [web.consumer(), partner.consumer()],
        ...(globalAuth !== undefined && { global_auth: globalAuth }),
        ...(rules !== undefined && { rules }),
      })
      const title = `global_auth ${globalAuth ?? "unset"}, ${name}`
      const [none, allowed, other, worse] = answers[i] as Answers
      const allowedToken = answers[i] === localOnly ? good.local : good.web
      return [
        row(`${title}: no token`, { path: "/here" }, none),
        row(`${title}: an allowed caller`, { path: "/here", token: allowedToken }, allowed),
        row(`${title}: another caller`, { path: "/here", token: good.partner }, other),
        row(`${title}: a bad token`, { path: "/here", token: bad }, worse),
      ]
    }),
  )
}
