import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandList, commands } from "./commands.ts";

test("the README lists the commands there are", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`\n${commandList("npx lookback")}\`\`\`\n`);
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
  const listed = await Promise.all(commands.map((entry) => entry.load()));
  expect(written.length).toBe(new Set(listed).size);
});
