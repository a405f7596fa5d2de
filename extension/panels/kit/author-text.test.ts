import { expect, it } from "vitest";
import { authorText } from "./author-text.ts";

const session = (startedFrom: string | null) => ({ id: "s", startedFrom, cellsBefore: 0, journalEnd: 0 });
const ada = { name: "Ada", email: "ada@example.com", agent: null };

it.each<[Parameters<typeof authorText>[0], string]>([
  [{ author: ada, session: session("JupyterLab") }, "Ada, JupyterLab"],
  [
    { author: { ...ada, agent: "Claude Code" }, session: session("command line in CI") },
    "Claude Code for Ada, command line in CI",
  ],
  [{ author: { ...ada, name: null }, session: session(null) }, "ada@example.com"],
  [{ author: null, session: session("JupyterLab") }, "somebody not known, JupyterLab"],
])("says who ran it", (run, text) => {
  expect(authorText(run)).toBe(text);
});
