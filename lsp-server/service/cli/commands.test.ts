import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandList, commands } from "./commands.ts";

test("a command that the README shows is one there is, with its own words", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const shown = readme.split("\n").filter((line) => line.startsWith("npx lookback "));
  const listed = commandList("npx lookback").split("\n").map(oneSpace);
  expect(shown.length).toBeGreaterThan(5);
  expect(listed).toEqual(expect.arrayContaining(shown.map(oneSpace)));
});

test.each(commands.map((entry) => [entry.name, entry] as const))(
  "%s has a help whose every usage line is its own",
  async (name, { usage, load }) => {
    const { help } = await load();
    const [calls = ""] = help.split("\n\n");
    for (const line of calls.split("\n")) expect(line).toMatch(new RegExp(`^lookback ${name}( |$)`));
    for (const word of usage.split(/[ |]/).filter(Boolean)) expect(calls).toContain(word);
  },
);

test("every command that is written is listed", async () => {
  const folder = new URL("./", import.meta.url);
  const written = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /^[^.]+\.ts$/.test(path))
    .filter((path) => /: Command = \{/.test(readFileSync(new URL(path, folder), "utf8")));
  const list = readFileSync(new URL("commands.ts", folder), "utf8");
  expect(
    written.filter((path) => !list.includes(`import("./${path}")`)),
    "add it to `commands.ts`",
  ).toEqual([]);
});

function oneSpace(line: string): string {
  return line.replace(/ +/g, " ");
}
