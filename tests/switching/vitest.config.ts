import { defineProject } from "vitest/config"

const conditions = ["@jwt-auth/source"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // Compiles and starts programs: slow on a small machine, and never timed.
  test: { name: "switching", include: ["**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
})
