import type { Machine } from "../measure/machine.js"
import type { Effort, Measurement, Question } from "../result.js"
import { judge, type Verdict } from "./budgets.js"

/** The results of one question in one run, as they are stored. */
export interface Report {
  readonly question: Subject
  /** The day of the run. */
  readonly date: string
  readonly machine: Machine
  readonly effort: Pick<Effort, "rounds" | "roundMs">
  readonly measurement: Measurement
  readonly budgets: readonly Verdict[]
}

/** What a report says of its question. */
export type Subject = Pick<Question, "id" | "title" | "about" | "chart" | "axis">

/** Puts together what is stored of a run. */
export function reportOf(
  question: Question,
  measurement: Measurement,
  effort: Effort,
  machine: Machine,
): Report {
  const { id, title, about, chart, axis } = question
  return {
    question: {
      id,
      title,
      chart,
      ...(about !== undefined && { about }),
      ...(axis !== undefined && { axis }),
    },
    date: new Date().toISOString().slice(0, 10),
    machine,
    effort: { rounds: effort.rounds, roundMs: effort.roundMs },
    measurement,
    budgets: judge(question.budgets, measurement),
  }
}
