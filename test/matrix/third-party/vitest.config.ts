import { defineConfig } from "vitest/config";

/** `npm run third-party`: hours at most, for it is one test of all notebooks. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../../..`,
    include: ["test/matrix/third-party/whole-third-party.ts"],
    testTimeout: 6 * 3_600_000,
    disableConsoleIntercept: true,
  },
});
