import { defineConfig } from "vitest/config";

/** For `npm run mutate`: only the tests of the package that is mutated, one after the other. */
export default defineConfig({
  test: {
    include: [process.env.LOOKBACK_TESTS ?? "**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/journeys/**"],
    testTimeout: 60_000,
  },
});
