import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lintSettingsAt } from "./lint-settings-at.ts";

const top = mkdtempSync(join(tmpdir(), "lookback-settings-"));
const root = join(top, "project");
const deep = join(root, "a", "b");
mkdirSync(deep, { recursive: true });
mkdirSync(join(root, ".git"));
const profileOf = async (folder: string) => (await lintSettingsAt(folder, top)).settings.profile.name;

test("takes the nearest file up to the workspace's root, and none above", async () => {
  writeFileSync(join(top, "lookback.toml"), 'lint.profile = "strict"');
  expect(await profileOf(deep)).toBe("default");
  writeFileSync(join(root, "lookback.toml"), 'lint.profile = "quiet"');
  expect(await profileOf(deep)).toBe("quiet");
  writeFileSync(join(root, "a", "lookback.toml"), 'lint.profile = "competition"');
  expect(await lintSettingsAt(deep, top)).toMatchObject({
    path: join(root, "a", "lookback.toml"),
    settings: { profile: { name: "competition" }, profileFrom: "in lookback.toml" },
  });
  expect(await profileOf(root)).toBe("quiet");
});

test("what is above comes first and what is below last; a file that cannot be used says so and nothing else", async () => {
  const around = {
    above: [{ from: "on the command line", rules: { "multi-test": "on" } }],
    below: [{ from: "in the editor's settings", profile: "strict", rules: { "multi-test": "off" } }],
  } as const;
  writeFileSync(join(root, "lookback.toml"), 'lint.profile = "quiet"\nlint.rules.multi-test = "error"');
  const whole = await lintSettingsAt(root, top, around);
  expect(whole.settings.profile.name).toBe("quiet");
  expect(whole.settings.rules.get("multi-test")).toEqual({ level: "on", from: "on the command line" });
  writeFileSync(join(root, "lookback.toml"), "lint = [");
  const broken = await lintSettingsAt(root, top, around);
  expect(broken.settings.profile.name).toBe("strict");
  expect(broken.problems).toMatchObject([{ severity: "error" }]);
});
