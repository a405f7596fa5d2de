import { defineConfig } from "vitest/config";

/** What takes long and does not run at every change: `npm test -- --slow`. One file at a time, since each takes all it gets. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["{kernel-bridge,pipeline,lsp-server,extension,test}/**/*.slow.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 1_800_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: false,
  },
});
