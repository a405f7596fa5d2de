import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { observerCode } from "./observer-code.ts";

it("lets a kernel that is not observed read a training set", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lookback-unobserved-"));
  const compiled = JSON.stringify({ sql: "select 1 as answer", digest: "d" });
  const python = process.env.LOOKBACK_PYTHON ?? "python3";
  const compiler = [python, "-c", `print(${JSON.stringify(compiled)})`];
  const script = `
import json, sys
get_ipython = lambda: None
exec(json.loads(sys.stdin.read()))
open("rows.csv", "w").write("id,at,answer\\n1,2026-01-01,1\\n")
from lookback import Entity, FeatureView, Field, FileSource, Int64, TrainingSet
rows = FileSource(path="rows.csv", timestamp_field="at")
FeatureView(name="v", entities=[Entity(name="id", join_keys=["id"])], schema=[Field(name="answer", dtype=Int64)], source=rows)
print(TrainingSet(name="t", spine=rows, features=["v:answer"]).to_df().to_dict("list"))
`;
  const printed = execFileSync(python, ["-c", script], {
    cwd: folder,
    encoding: "utf8",
    input: JSON.stringify(await observerCode(null, { compiler })),
  });
  expect(printed).toBe("{'answer': [1]}\n");
  expect(existsSync(join(folder, ".lookback"))).toBe(false);
});
