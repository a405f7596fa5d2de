import { defineConfig } from "vitest/config";

/** `npm run matrix`: one worker, since each kernel takes all it gets. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ["test/matrix/whole-matrix.ts"],
    testTimeout: 1_800_000,
    fileParallelism: false,
  },
});
