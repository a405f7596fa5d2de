import { readFileSync } from "node:fs";
import { allCommands } from "@lookback/extension/commands/all-commands.ts";
import { runActions } from "@lookback/extension/commands/run-actions.ts";
import { profiles } from "@lookback/language/leakage/settings/profiles.ts";
import { levels } from "@lookback/language/leakage/settings/settings.ts";
import { expect, test } from "vitest";

interface Contribution {
  readonly command: string;
  readonly title: string;
  readonly icon?: string;
}

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const contributed: readonly Contribution[] = manifest.contributes.commands;

test("every command is in the manifest under its own title", () => {
  const titles = new Map(contributed.map(({ command, title }) => [command, title]));
  for (const command of [...allCommands, ...runActions])
    expect(titles.get(`lookback.${command.id}`)).toBe(command.title);
});

test("a command that shows a picture shows its own", () => {
  const pictures = {
    logo: "$(history)",
    compare: "$(diff)",
    lineage: "$(type-hierarchy)",
    join: "$(git-merge)",
    publish: "$(cloud-upload)",
    honest: "$(law)",
    deployments: "$(server-process)",
    finding: "$(warning)",
  };
  for (const { command, icon } of contributed.filter(({ icon }) => icon !== undefined)) {
    const known = allCommands.find(({ id }) => `lookback.${id}` === command);
    if (known !== undefined) expect(icon).toBe(pictures[known.icon]);
  }
});

test("the settings know every profile and every level", () => {
  const { properties } = manifest.contributes.configuration;
  expect(properties["lookback.lint.profile"].enum).toEqual(Object.keys(profiles));
  expect(properties["lookback.lint.rules"].additionalProperties.enum).toEqual(levels);
});

test("fixing all is not offered where nothing is safe to fix", () => {
  const told = readFileSync(new URL("commands.ts", import.meta.url), "utf8");
  const [, key] = /"setContext", "([\w.]+)"/.exec(told) ?? [];
  const fixAll = manifest.contributes.commands.find(
    ({ command }: Contribution) => command === "lookback.fix-all",
  );
  expect(fixAll.enablement).toBe(`!${key}`);
});

test("menus name only commands that exist", () => {
  const known = new Set(contributed.map(({ command }) => command));
  const used = Object.values<Contribution[]>(manifest.contributes.menus).flat();
  expect(used.filter(({ command }) => !known.has(command))).toEqual([]);
});
