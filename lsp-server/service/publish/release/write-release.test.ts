import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stageRelease } from "./write-release.ts";

const target = () => join(mkdtempSync(join(tmpdir(), "lookback-release-")), "deploy", "n", "1");
const files = new Map([
  ["pipeline.json", Buffer.from("{}")],
  ["sql/a.sql", Buffer.from("SELECT 1;\n")],
]);

describe("writing a release", () => {
  it("shows it only when it is placed, whole", async () => {
    const place = target();
    const staged = await stageRelease(place, files);
    expect(readdirSync(join(place, "..")).filter((name) => !name.startsWith("."))).toEqual([]);
    await staged.place();
    expect(readFileSync(join(place, "sql/a.sql"), "utf8")).toBe("SELECT 1;\n");
    expect(readdirSync(join(place, ".."))).toEqual(["1"]);
  });

  it("leaves nothing when it is discarded or cannot be written", async () => {
    const place = target();
    await (await stageRelease(place, files)).discard();
    const impossible = new Map([...files, ["pipeline.json/inside", Buffer.from("a file is no folder")]]);
    await expect(stageRelease(place, impossible)).rejects.toMatchObject({ code: "publish/not-written" });
    expect(readdirSync(join(place, "../../.."))).toEqual([]);
  });

  it("never writes over a version that somebody placed meanwhile", async () => {
    const place = target();
    const [one, two] = [await stageRelease(place, files), await stageRelease(place, files)];
    await one.place();
    await expect(two.place()).rejects.toMatchObject({ code: "publish/exists" });
    await two.discard();
    expect(readdirSync(join(place, ".."))).toEqual(["1"]);
  });

  it("leaves nothing in the person's tree for them to add, and hides nothing of theirs", async () => {
    const place = target();
    const root = join(place, "../../..");
    const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
    git("init", "-q");
    const odd = new Map([
      ...files,
      ["notebook/a b #1 [x].py", Buffer.from("x")],
      ["#!.py", Buffer.from("x")],
    ]);
    await (await stageRelease(place, odd)).place();
    expect(git("status", "--porcelain", "-uall")).toBe("");
    writeFileSync(join(place, "sql/overlay.sql"), "SELECT 2;");
    expect(git("status", "--porcelain", "-uall")).toBe("?? deploy/n/1/sql/overlay.sql\n");
  });

  it("never writes over a version that is there", async () => {
    const place = target();
    mkdirSync(place, { recursive: true });
    await expect(stageRelease(place, files)).rejects.toMatchObject({ code: "publish/exists" });
  });
});
