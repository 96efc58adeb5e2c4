import { defineProject } from "vitest/config"

const conditions = ["@jwt-auth/source"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // Tests of the bench, which assert no times. Signing and importing keys may be slow on a small machine.
  test: { name: "bench", include: ["src/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
})
