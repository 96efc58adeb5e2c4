import { inject } from "vitest"

/** What a user gets: the tarballs, and a project for each major of Express into which npm installed them. */
export interface Published {
  readonly tarballs: Readonly<Record<"core" | "express", string>>
  readonly projects: Readonly<Record<"express-5" | "express-4", string>>
}

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
