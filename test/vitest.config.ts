import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A test that puts its own in the place of a module needs modules that no other test has loaded. */
const mocking = [
  "kernel-bridge/src/ledger/record/record-run.test.ts",
  "kernel-bridge/src/objects/store-fault.test.ts",
];

/** These start kernels, servers and other processes, and take longest: begun last, one of them would run on alone. */
const longest =
  /\/(test\/(stress|lsp|conformance)|kernel-bridge\/src\/(kernels|journal)|pipeline\/src\/serve|service\/(publish|cli\/runs))\//;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longest.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes at once on a quiet machine; on a busy one its absence must not look like a fault.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Loading the same modules for each file takes a third of the time.
          isolate: false,
          include: ["{kernel-bridge,pipeline,lsp-server,extension,test}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "**/dist/**", "test/journeys/**", "**/*.slow.test.ts", ...mocking],
        },
      },
      { extends: true, test: { name: "mocking", include: mocking } },
    ],
    coverage: {
      provider: "v8",
      reportsDirectory: `${import.meta.dirname}/../.cache/coverage`,
      include: ["{kernel-bridge,pipeline}/src/**/*.ts", "lsp-server/**/*.ts", "extension/**/*.{ts,tsx}"],
      exclude: ["**/dist/**", "**/*.test.ts", "**/fixtures/**"],
      reporter: ["text-summary"],
    },
  },
});
