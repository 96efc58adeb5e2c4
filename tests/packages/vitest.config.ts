import { defineProject } from "vitest/config"

export default defineProject({
  test: {
    name: "packages",
    include: ["*.test.ts"],
    globalSetup: "./install-published.ts",
    // Compilers and servers in processes of their own.
    testTimeout: 120_000,
    maxConcurrency: 2,
  },
})
