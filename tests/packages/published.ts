import { inject } from "vitest"
import type { Tarballs } from "./pack.js"

/** What a user gets. */
export interface Published {
  readonly tarballs: Tarballs
  /** Where npm installed the tarballs, beside the newest and the oldest frameworks of the peer ranges. */
  readonly projects: Readonly<Record<Project, string>>
  /** Where npm installed what users run on their projects: compilers and a test runner. */
  readonly tools: string
}

export type Project = "newest" | "oldest"

declare module "vitest" {
  export interface ProvidedContext {
    published: Published | { readonly problem: string }
  }
}

/** What install-published.ts made; throws what kept it from doing so. */
export function published(): Published {
  const found = inject("published")
  if ("problem" in found) throw new Error(found.problem)
  return found
}
