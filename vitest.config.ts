import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: ["packages/*", "tests/*"],
    coverage: {
      provider: "v8",
      include: ["packages/core/src/**"],
      reporter: ["text", "json-summary"],
    },
  },
})
