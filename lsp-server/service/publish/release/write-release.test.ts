import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
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

  it("never writes over a version that is there", async () => {
    const place = target();
    mkdirSync(place, { recursive: true });
    await expect(stageRelease(place, files)).rejects.toMatchObject({ code: "publish/exists" });
  });
});
