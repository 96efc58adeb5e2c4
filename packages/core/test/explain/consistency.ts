import { deepestCode } from "../../src/denials.js"
import { type Explanation, steps } from "../../src/explain/explanation.js"

/** What an explanation says of a decision that is not so. Each finding is one line. */
export function contradictions({ decision, consumers, rule }: Explanation): readonly string[] {
  const failures = consumers.flatMap((one) =>
    one.steps.flatMap(({ step, reason }) =>
      reason === undefined ? [] : [{ consumer: one.consumer, step, reason }],
    ),
  )
  const through = consumers.filter((one) => one.steps.every(({ status }) => status === "ok"))
  const found = consumers.flatMap((one) => disorder(one.steps).map((line) => `${one.consumer}: ${line}`))
  const wrong = (line: string, is: boolean) => {
    if (is) found.push(line)
  }
  const granted = decision.outcome === "allow" ? [decision.auth.consumer] : []
  wrong(
    "who came through is not who was let in",
    String(through.map(({ consumer }) => consumer)) !== String(granted),
  )
  const told =
    decision.outcome === "deny"
      ? decision.denial
      : decision.outcome === "pass"
        ? decision.wouldDeny
        : undefined
  wrong("the deepest failure is not what was told", told !== undefined && deepestCode(failures) !== told.code)
  for (const { consumer, reason } of decision.outcome === "deny" ? decision.attempts : []) {
    const isExplained = failures.some(
      (one) => one.reason === reason && (consumer === undefined || one.consumer === consumer),
    )
    wrong(`the attempt ${consumer} ${reason} is explained nowhere`, !isExplained)
  }
  const { asks, applied, skipped, decidedBy } = rule
  wrong("consumers are explained though no token was asked for", asks === undefined && consumers.length > 0)
  wrong("nothing was asked for, and it did not pass", asks === undefined && decision.outcome !== "pass")
  wrong("a rule decided, and none applied", decidedBy === "rule" && applied.length === 0)
  wrong("rules apply, and are not what decided", decidedBy === "global_auth" && applied.length > 0)
  wrong(
    "rules were asked although code stands in for them",
    decidedBy === "requirement" && applied.length + skipped.length > 0,
  )
  const allow = asks?.allow ?? []
  wrong("somebody else was let in", allow !== "any" && granted.some((name) => !allow.includes(name)))
  return found
}

/** ok, then at most one failure, which has a reason, then nothing more is reached. */
function disorder(explained: Explanation["consumers"][number]["steps"]): readonly string[] {
  const letters = explained.map(({ status }) => status[0]).join("")
  const found: string[] = []
  if (!/^o*f?n*$/.test(letters)) found.push(`steps are ${letters}`)
  if (String(explained.map(({ step }) => step)) !== String(steps)) found.push("not the ten steps in order")
  if (explained.some(({ status, reason }) => (status === "failed") !== (reason !== undefined))) {
    found.push("a failure without a reason, or a reason without a failure")
  }
  return found
}
