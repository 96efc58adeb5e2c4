import type { ConsumerSet, PlaceGroup, PolicyConsumer } from "../config/policy.js"
import type { AuthRequest } from "../decision.js"
import { differences } from "./differences.js"
import type { ConsumerExplanation, Step } from "./explanation.js"
import type { Circumstances, Finding } from "./finding.js"
import { hints } from "./hints/hints.js"
import { hintForPassed } from "./hints/passed.js"
import type { Recording } from "./recording.js"
import type { Show } from "./show.js"
import { progressOf, stepsUntil } from "./steps.js"

/** How far the token of each consumer came. Nobody, when none was asked for. */
export async function explainConsumers(
  recording: Recording,
  request: AuthRequest,
  showClaim: Show,
): Promise<readonly ConsumerExplanation[]> {
  const { access, bypasses } = recording
  if (access.kind === "open" || bypasses) return []
  const groups = groupsByConsumer(access.consumers)
  const everyone = [...groups.keys()]
  const explained: ConsumerExplanation[] = []
  for (const [consumer, group] of groups) {
    const reading = recording.readings.get(group)
    const jws = typeof reading?.jws === "object" ? reading.jws : undefined
    const progress = progressOf(consumer, reading, recording)
    const { stoppedAt, reason } = progress
    const circumstances: Circumstances = {
      consumer,
      everyone,
      request,
      access,
      ...(reading && { reading }),
      ...(jws && { jws }),
      ...(recording.now !== undefined && { now: recording.now }),
      showClaim,
    }
    const details =
      stoppedAt === undefined || reason === undefined
        ? {}
        : await detailsOf({ ...circumstances, step: stoppedAt, reason })
    const steps = stepsUntil(progress, details).map((step) => withPassedHint(step, circumstances))
    explained.push({ consumer: consumer.name, steps })
  }
  return explained
}

async function detailsOf(finding: Finding): Promise<Partial<Step>> {
  const hint = await hints[finding.reason](finding)
  return { ...differences[finding.reason](finding), ...(hint !== undefined && { hint }) }
}

function withPassedHint(step: Step, circumstances: Circumstances): Step {
  const hint = step.status === "ok" ? hintForPassed[step.step]?.(circumstances) : undefined
  return hint === undefined ? step : { ...step, hint }
}

/** In config order, with the places where each looks. */
export function groupsByConsumer({ groups }: ConsumerSet): ReadonlyMap<PolicyConsumer, PlaceGroup> {
  const pairs = groups.flatMap((group) =>
    group.indexes.flatMap(({ byValues }) =>
      [...byValues.values()].flat().map((consumer) => [consumer, group] as const),
    ),
  )
  return new Map(pairs.sort(([a], [b]) => a.order - b.order))
}
