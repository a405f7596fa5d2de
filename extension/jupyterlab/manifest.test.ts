import { readFileSync } from "node:fs";
import { allCommands } from "@lookback/extension/commands/all-commands.ts";
import { profiles } from "@lookback/language/leakage/settings/profiles.ts";
import { levels } from "@lookback/language/leakage/settings/settings.ts";
import { expect, test } from "vitest";
import { asCoreAsks } from "./build-labextension.mjs";

interface Named {
  readonly command?: string;
  readonly label?: string;
  readonly items?: readonly Named[];
}

const schema = JSON.parse(readFileSync(new URL("./schema/plugin.json", import.meta.url), "utf8"));
const named: readonly Named[] = [
  ...schema["jupyter.lab.toolbars"].Notebook,
  ...schema["jupyter.lab.menus"].main.flatMap(({ items }: Named) => items ?? []),
  ...schema["jupyter.lab.menus"].context,
  ...schema["jupyter.lab.shortcuts"],
].filter(({ command }: Named) => command !== undefined);

/** Beside those that both hosts offer: what only JupyterLab needs a command for. */
const own = ["lookback:quick-fix"];

test("menus, toolbar and shortcuts name only commands that exist, under their own titles", () => {
  const titles = new Map(allCommands.map(({ id, title }) => [`lookback:${id}`, title]));
  for (const { command = "", label } of named) {
    expect([...titles.keys(), ...own]).toContain(command);
    if (label) expect(label).toBe(titles.get(command));
  }
});

test("the menu offers every command, in their order", () => {
  const [menu] = schema["jupyter.lab.menus"].main as readonly [Named];
  const offered = menu.items?.flatMap(({ command }) => command ?? []);
  expect(offered).toEqual(allCommands.map(({ id }) => `lookback:${id}`));
});

test("the settings know every profile and every level", () => {
  const { profile, rules } = schema.properties.lint.properties;
  expect(profile.oneOf.map((one: { const: string }) => one.const)).toEqual(Object.keys(profiles));
  expect(rules.additionalProperties.enum).toEqual(levels);
});

test("the built extension asks for JupyterLab's packages as JupyterLab does, whatever fix of it is installed", () => {
  const own = { "@jupyterlab/notebook": "4.6.4", "@codemirror/merge": "6.11.2" };
  const core = { resolutions: {}, dependencies: { "@jupyterlab/notebook": "~4.6.4" } };
  expect(asCoreAsks(own, core)).toEqual({ "@jupyterlab/notebook": "~4.6.4", "@codemirror/merge": "6.11.2" });
});
