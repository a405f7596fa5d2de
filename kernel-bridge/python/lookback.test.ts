import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the Python SDK passes its own tests on a bare Python", async () => {
  const { stderr } = await promisify(execFile)("python3", ["-B", "-m", "unittest", "test_lookback"], {
    cwd: import.meta.dirname,
  });
  expect(stderr).toMatch(/Ran \d+ tests[\s\S]*\nOK\n/);
});
