import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["{kernel-bridge,pipeline,lsp-server,extension,test}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/journeys/**", "**/*.slow.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes at once on a quiet machine; on a busy one its absence must not look like a fault.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      reportsDirectory: `${import.meta.dirname}/../.cache/coverage`,
      include: ["{kernel-bridge,pipeline}/src/**/*.ts", "lsp-server/**/*.ts", "extension/**/*.{ts,tsx}"],
      exclude: ["**/dist/**", "**/*.test.ts", "**/fixtures/**"],
      reporter: ["text-summary"],
    },
  },
});
