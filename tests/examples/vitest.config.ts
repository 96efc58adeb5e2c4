import { defineProject } from "vitest/config"

const conditions = ["@jwt-auth/source"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // Starts programs: slow on a small machine, and never timed.
  test: { name: "examples", include: ["**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
})
