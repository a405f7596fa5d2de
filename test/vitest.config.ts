import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["{kernel-bridge,pipeline,lsp-server,extension,test}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/journeys/**"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
