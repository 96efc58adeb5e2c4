import { deepestCode } from "../../packages/core/src/denials.js"
import { meanings } from "../../packages/core/src/explain/meanings.js"
import { stepOf } from "../../packages/core/src/explain/steps.js"
import type { Reason } from "../../packages/core/src/reasons.js"
import { subjects } from "../../packages/core/test/explain/broken-requests.js"

/** docs/reasons.md, made of the table of reasons and of the broken requests that the suite explains. */
export function reasonsPage(): string {
  return `<!-- Made from packages/core/src/explain/meanings.ts and packages/core/test/explain/broken-requests. To write it anew:
     npx vitest run --project docs -u reasons -->

# Reasons

Why a token was refused, precisely. A reason is for those who look after the API: it is in \`attempts\` of a decision, and
\`explain\` and \`jwt-auth explain\` tell it with what was expected, what was there, and a hint. The client only learns the code:
[denials](denials.md). By symptom: [troubleshooting](troubleshooting.md).

<!-- reasons -->
${table(
  ["reason", "step", "code", "what it means", "what to look at"],
  Object.keys(meanings).map((name) => reasonRow(name as Reason)),
)}

## Near misses

What \`explain\` recognises. Each of these is a broken request of the test suite, with the very words of its hint.

${Object.keys(subjects).map(nearMisses).join("\n\n")}
`
}

function reasonRow(reason: Reason): readonly string[] {
  const { meaning, lookAt } = meanings[reason]
  return [code(reason), stepOf[reason], code(deepestCode([{ reason }])), meaning, lookAt]
}

function nearMisses(subject: string): string {
  const rows = (subjects[subject] ?? []).map(({ name, reason, hint }) => [
    name,
    reason === undefined ? "" : code(reason),
    hint,
  ])
  return `### ${subject}\n\n${table(["what is wrong", "reason", "hint"], rows)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")
}

/** Nothing in a cell is markup: hints hold angle brackets, pipes and quotes from tokens. */
function cell(text: string): string {
  return text.startsWith("`") ? text : text.replace(/[\\|<>*_[\]]/g, "\\$&")
}

function code(text: string): string {
  return `\`${text}\``
}
