import type { Decision } from "@jwt-auth/core"
import {
  type ConsumerExplanation,
  type Explanation,
  meanings,
  type Step,
  show,
  type TokenExplanation,
} from "@jwt-auth/core/explain"
import { type Alike, alike, namesOf } from "./alike.js"
import { bold, dim, green, type Line, red, type Span, table, yellow } from "./lines.js"
import { type HintRenderer, hintRenderer } from "./render-hint.js"
import { renderRule } from "./render-rule.js"

/** Of more results than these, those that came furthest. */
const mostShown = 5

/**
 * The decision in one line; then the rule, the tokens, and the consumers, those first that came furthest. Hints are
 * wrapped at a width, if one is given.
 */
export function renderExplanation(request: string, explanation: Explanation, width?: number): Line[] {
  const { decision, rule, tokens, consumers } = explanation
  const ranked = consumers.toSorted((a, b) => stepsPassed(b) - stepsPassed(a))
  // Where one was let in, nobody asks about the others.
  const shown = decision.outcome === "allow" ? alike(ranked.slice(0, 1)) : alike(ranked).slice(0, mostShown)
  const hints = hintRenderer(width)
  return [
    [verdict(decision), `  ${request}`],
    [],
    ...renderRule(rule, hints),
    ...tokens.map(renderToken),
    ...shown.flatMap((group, i) => [
      [],
      ...renderConsumers(group, hints, i === 0 && isUnexplained(explanation)),
    ]),
    ...renderRest(ranked, new Set(shown.flatMap((group) => group.consumers))),
  ]
}

/** Refused, and for no reason that is recognised. */
function isUnexplained({ decision, rule, consumers }: Explanation): boolean {
  const isRefused =
    decision.outcome === "deny" || (decision.outcome === "pass" && decision.wouldDeny !== undefined)
  const hasHint =
    rule.hint !== undefined || consumers.some(({ steps }) => steps.some(({ hint }) => hint !== undefined))
  return isRefused && !hasHint
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
    return value === undefined ? [] : [`${name} ${show(value)}`]
  })
  return [bold("token  "), [place, ...parameters].join(", ")]
}

function renderConsumers(group: Alike, hints: HintRenderer, withAdvice: boolean): Line[] {
  const { steps } = group
  const at = steps.findIndex(({ status }) => status !== "ok")
  const passed = steps.slice(0, at === -1 ? steps.length : at)
  const stopped = steps[at]
  return [
    [bold(group.consumers.length === 1 ? "consumer  " : "consumers  "), bold(namesOf(group))],
    ...(passed.length > 0 ? [["  ", green("ok"), `           ${stepNames(passed)}`]] : []),
    ...passed.flatMap(({ hint }) => hints.hint(hint)),
    ...(stopped?.status === "failed" ? renderFailure(stopped, hints, withAdvice) : []),
    ...renderUntried(steps.filter(({ status }) => status === "not reached")),
  ]
}

function renderFailure(failed: Step, hints: HintRenderer, withAdvice: boolean): Line[] {
  const { step, reason, expected, actual, hint } = failed
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
    ...hints.hint(hint),
    ...(withAdvice && reason !== undefined ? hints.advice(meanings[reason].lookAt) : []),
  ]
}

function renderUntried(steps: readonly Step[]): Line[] {
  return steps.length === 0 ? [] : [[dim(`  not reached  ${stepNames(steps)}`)]]
}

function renderRest(ranked: readonly ConsumerExplanation[], shown: ReadonlySet<string>): Line[] {
  const consumers = ranked.filter(({ consumer }) => !shown.has(consumer))
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

function stepNames(steps: readonly Step[]): string {
  return steps.map(({ step }) => step).join(", ")
}
