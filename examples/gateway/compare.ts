import type { Answer } from "./requests.js"

/** What differs from the document, in words; empty when nothing does. */
export function differences(expected: Answer, actual: Answer): readonly string[] {
  const fields = ["status", "body", "consumer", "seen"] as const
  return fields.flatMap((field) => {
    const [wanted, got] = [show(expected[field]), show(actual[field])]
    return wanted === got ? [] : [`${field}: expected ${wanted}, got ${got}`]
  })
}

function show(value: Answer[keyof Answer]): string {
  return JSON.stringify(value)
}
