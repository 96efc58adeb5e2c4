import type { Machine } from "../measure/machine.js"
import { verdictLines } from "./budgets.js"
import { distinct } from "./by-quantity.js"
import type { Report } from "./report.js"
import { tablesOf } from "./table.js"

/** The page of all results: every table, under what it was measured on. */
export function readmeOf(reports: readonly Report[]): string {
  const sections = [introduction, machines(reports), ...reports.map(section)]
  return `${sections.join("\n\n")}\n`
}

const introduction = `# Results

Written by \`pnpm bench\`; \`pnpm bench <question>\` measures one question anew, \`pnpm bench --check\` holds each against its budgets.

Every contestant is asked to accept a good token and to refuse a bad one before it is timed. A run has many short rounds; each
contestant takes part in each round, in random order. A figure is the median of the rounds, with the quartiles in brackets. A
ratio is taken round by round, so that what slows the machine down for a moment hits both sides: trust the ratios more than
the figures.`

/** Said once where all were measured alike, which is the usual case. */
function machines(reports: readonly Report[]): string {
  const texts = distinct(reports.map(({ machine }) => machineText(machine)))
  return texts.map((text) => `${whose(text, reports, texts.length)}${text}`).join("\n\n")
}

function whose(text: string, reports: readonly Report[], kinds: number): string {
  if (kinds === 1) return ""
  const ids = reports
    .filter(({ machine }) => machineText(machine) === text)
    .map(({ question }) => question.id)
  return `${ids.join(", ")}: `
}

function machineText({ cpu, cores, memoryGiB, platform, node, openssl, versions }: Machine): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}; Node ${node}, OpenSSL ${openssl}; ${packages.join(", ")}.`
}

function section({ question, date, measurement, budgets }: Report): string {
  const verdicts = verdictLines(budgets, false)
  return [
    `## ${question.title}`,
    ...(question.about === undefined ? [] : [question.about]),
    `![${question.title}](${question.id}.svg)`,
    tablesOf(measurement),
    ...(verdicts.length === 0 ? [] : [`\`\`\`text\n${verdicts.join("\n")}\n\`\`\``]),
    `Measured on ${date} by \`pnpm bench ${question.id}\`.`,
  ].join("\n\n")
}
