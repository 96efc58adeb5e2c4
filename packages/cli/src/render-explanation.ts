import type { Decision } from "@jwt-auth/core"
import type { ConsumerExplanation, Explanation, Step, TokenExplanation } from "@jwt-auth/core/explain"
import { bold, dim, green, type Line, red, type Span, table, yellow } from "./lines.js"
import { renderHint } from "./render-hint.js"
import { renderRule } from "./render-rule.js"

/** Of more consumers than this, those that came furthest. */
const mostShown = 5

/** The decision in one line; then the rule, the tokens, and the consumers, those first that came furthest. */
export function renderExplanation(request: string, explanation: Explanation): Line[] {
  const { decision, rule, tokens, consumers } = explanation
  const ranked = consumers.toSorted((a, b) => stepsPassed(b) - stepsPassed(a))
  // Where one was let in, nobody asks about the others.
  const shown = ranked.slice(0, decision.outcome === "allow" ? 1 : mostShown)
  const hints = new Set<string>()
  return [
    [verdict(decision), `  ${request}`],
    [],
    ...renderRule(rule, hints),
    ...tokens.map(renderToken),
    ...shown.flatMap((consumer) => [[], ...renderConsumer(consumer, hints)]),
    ...renderRest(ranked.slice(shown.length)),
  ]
}

function verdict(decision: Decision): Span {
  switch (decision.outcome) {
    case "allow":
      return green(`allowed as ${decision.auth.consumer}`)
    case "deny":
      return red(`${decision.denial.status} ${decision.denial.code}`)
    case "pass":
      return decision.wouldDeny === undefined
        ? green("passes without a token")
        : yellow(`passes, report only: would be ${decision.wouldDeny.status} ${decision.wouldDeny.code}`)
  }
}

function renderToken({ place, header }: TokenExplanation): Line {
  const parameters = (["alg", "kid", "typ"] as const).flatMap((name) => {
    const value = header?.[name]
    return value === undefined ? [] : [`${name} ${JSON.stringify(value)}`]
  })
  return [bold("token  "), [place, ...parameters].join(", ")]
}

function renderConsumer({ consumer, steps }: ConsumerExplanation, hints: Set<string>): Line[] {
  const at = steps.findIndex(({ status }) => status !== "ok")
  const passed = steps.slice(0, at === -1 ? steps.length : at)
  const stopped = steps[at]
  return [
    [bold("consumer  "), bold(consumer)],
    ...(passed.length > 0 ? [["  ", green("ok"), `           ${namesOf(passed)}`]] : []),
    ...passed.flatMap((step) => renderHint(step.hint, hints)),
    ...(stopped?.status === "failed" ? renderFailure(stopped, hints) : []),
    ...renderUntried(steps.filter(({ status }) => status === "not reached")),
  ]
}

function renderFailure({ step, reason, expected, actual, hint }: Step, hints: Set<string>): Line[] {
  const details = [
    ["expected", expected],
    ["actual", actual],
  ] as const
  return [
    ["  ", red("failed"), `       ${step}: ${reason ?? ""}`],
    ...table(
      details.flatMap(([title, text]) => (text === undefined ? [] : [[dim(title), text]])),
      "    ",
    ),
    ...renderHint(hint, hints),
  ]
}

function renderUntried(steps: readonly Step[]): Line[] {
  return steps.length === 0 ? [] : [[dim(`  not reached  ${namesOf(steps)}`)]]
}

function renderRest(consumers: readonly ConsumerExplanation[]): Line[] {
  if (consumers.length === 0) return []
  const counts = new Map<string, number>()
  for (const { steps } of consumers) {
    const reason = steps.find(({ status }) => status === "failed")?.reason ?? "not tried"
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).join(", ")
  return [
    [],
    [
      dim(
        `and ${consumers.length} more ${consumers.length === 1 ? "consumer" : "consumers"}: ${reasons}; --json has all`,
      ),
    ],
  ]
}

function stepsPassed({ steps }: ConsumerExplanation): number {
  return steps.filter(({ status }) => status === "ok").length
}

function namesOf(steps: readonly Step[]): string {
  return steps.map(({ step }) => step).join(", ")
}
