import { defineConfig } from "vitest/config";

/** Journeys: one slow test a front end, in a real browser, one after the other. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ["test/journeys/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/*.slow.test.ts"],
    testTimeout: 240_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: false,
    // A later step stands on an earlier one: after a failure the rest says nothing.
    bail: 1,
  },
});
