import { expect, test } from "vitest";
import { readNotebook } from "../read-notebook.ts";
import { isMarkdownNotebook, isRunMarkdown } from "./markdown-cells.ts";

const header = `---
jupyter:
  jupytext:
    text_representation:
      extension: .md
      format_name: markdown
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

# A title
`;

const cellsOf = (text: string) =>
  readNotebook(text, "n.md").value.cells.map(({ startLine, source }) => [startLine, source]);

test.each<[string, string, [number, string][]]>([
  [
    "fences of Python",
    'text\n```python\nx = 1\n```\n\n```python tags=["a"]\ny = 2\n\nz = 3\n```\n',
    [
      [2, "x = 1"],
      [6, "y = 2\n\nz = 3"],
    ],
  ],
  [
    "a longer fence around a shorter one",
    "````python\ns = '''\n```\n'''\n````\n",
    [[1, "s = '''\n```\n'''"]],
  ],
  [
    "MyST's cells",
    "```{code-cell} ipython3\n:tags: [a]\n\nx = 1\n```\n```{code-cell}\n---\ntags: [a]\n---\ny = 2\n```\n",
    [
      [2, "\nx = 1"],
      [9, "y = 2"],
    ],
  ],
  [
    "what R Markdown and Quarto run in Python",
    "```{python}\nx = 1\n```\n```{python label, echo=FALSE}\ny = 2\n```\n```{r}\nz\n```\n",
    [
      [1, "x = 1"],
      [4, "y = 2"],
      [6, "%%r   \nz"],
    ],
  ],
  [
    "nothing that R Markdown and Quarto never run",
    "```{python, eval=FALSE}\nx\n```\n```{python}\n#| label: a\n#| eval: false\ny\n```\n",
    [],
  ],
  ["cells below a magic", "```bash\nls\n```\n", [[0, "%%bash \nls"]]],
  ["no fence of another kind", "```json\n{}\n```\n```\nx\n```\n```text\ny\n```\n", []],
  ["no fence in a list", "- a\n  ```python\n  x = 1\n  ```\n", []],
  [
    "nothing that is text",
    "<!-- #md -->\n```python\nx = 1\n```\n<!-- #endmd -->\n```python\ny\n```",
    [[6, "y"]],
  ],
  ["nothing that never runs", '```python .noeval\nx\n```\n```python active="md"\ny\n```\n', []],
  ["a fence that nobody closes", "```python\nx = 1\ny = 2", [[1, "x = 1\ny = 2"]]],
])("reads %s", (_, text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

test("counts lines from the file's beginning, header included", () => {
  expect(cellsOf(`${header}\n\`\`\`python\nx = 1\n\`\`\`\n`)).toEqual([[15, "x = 1"]]);
});

test("reads nothing of a notebook in another language, and says so", () => {
  const { value, problems } = readNotebook(
    `${header.replace("language: python", "language: R")}\n\`\`\`python\nx = 1\n\`\`\`\n`,
    "n.md",
  );
  expect(value.cells).toEqual([]);
  expect(problems).toMatchObject([{ code: "notebook/not-python", unread: "file" }]);
});

test.each([
  [header, true],
  ["---\nkernelspec:\n  name: python3\n---\n", true],
  ["---\ntitle: A page\n---\n```python\nx = 1\n```\n", false],
  ["# Read me\n\njupytext: is a tool\n", false],
])("tells a notebook from a page: %j", (text, expected) => {
  expect(isMarkdownNotebook(text)).toBe(expected);
});

test.each([
  ["```{python}\nx = 1\n```\n", true],
  ["~~~{Python label, echo=FALSE}\nx = 1\n~~~\n", true],
  ["```{r}\nx <- 1\n```\n", false],
  ["```python\nx = 1\n```\n", false],
])("tells what runs Python from a page that shows it: %j", (text, expected) => {
  expect(isRunMarkdown(text)).toBe(expected);
});
