import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import { maskMagics } from "./mask-magics.ts";
import { parseCell } from "./python.ts";

describe("what stays and what becomes blank", () => {
  test.each([
    ["%matplotlib inline\nx = 1", "                  \nx = 1"],
    ["!pip install \\\n  pandas\nx = 1", "              \n        \nx = 1"],
    ["%%time\nx = 1", "      \nx = 1"],
    ["  %%time\n  x = 1", "        \n  x = 1"],
    ["%%timeit x = 3\nf(x)", "         x = 3\nf(x)"],
    ["%%timeit -n 3 -r 2\nf(x)", "                  \nf(x)"],
    ["%%capture out --no-stderr\nx = 1", "                         \nx = 1"],
    ["%%cudf.pandas.profile\nx = 1", "                     \nx = 1"],
    ["%%time\n%%notify\nx = 1", "      \n        \nx = 1"],
    ["\n# note\n\n%%memit -r 1\nx = 1", "\n# note\n\n            \nx = 1"],
    ["%%px --noblock\nx = 1", "              \nx = 1"],
    ["%%local\nx = 1", "       \nx = 1"],
    ["%%spark -c sql\nselect 1", "              \n        "],
    ["# note\n%%bash\nls -l", "      \n      \n     "],
    ["%%writefile features.py\nx = 1", "                       \n     "],
    ["%md\n# Words", "   \n       "],
    ["%python\nx = 1", "       \nx = 1"],
    ["%time x = f()", "1;    x = f()"],
    ["%timeit -n 10 f()", "1;            f()"],
    ["%lprun -f g f(x)", "1;          f(x)"],
    ["x = %time f()", "x =       f()"],
    ["%time", "     "],
    ["files = !ls -l", "files = ~0    "],
    ["df['a'] = !cat {path}", "df['a'] = ~0         "],
    ["a = b = !ls", "a = b = ~0 "],
    ["t = %sql select * from t", "t = read_sql()          "],
    ["df.head??", "         "],
    ["?df.head", "        "],
    ["df.groupby('y').agg?\nx = 1", "                    \nx = 1"],
    ["rows[0].text?  # which?\nx = 1", "                       \nx = 1"],
    ["f(a,\n  b).c?\nx = 1", "    \n       \nx = 1"],
    ["if a:\n    df.head(3)?\nx = 1", "if a:\n    0          \nx = 1"],
    ["if a:\n    !ls", "if a:\n    0  "],
    [">>> x = 1\n>>> if x:\n...     y = 2", "    x = 1\n    if x:\n        y = 2"],
    ["x = (a\n% b)", "x = (a\n% b)"],
    ["x = a \\\n% b", "x = a \\\n% b"],
    ['s = """\n%time\nwhy?\n"""', 's = """\n%time\nwhy?\n"""'],
    ["x = a % b != c", "x = a % b != c"],
    ["x = 'why?'  # really?", "x = 'why?'  # really?"],
    ["f(x=%a)", "f(x=%a)"],
  ])("%j", (source, masked) => {
    expect(maskMagics(source).text).toBe(masked);
  });
});

describe("what is said of it", () => {
  const said = async (source: string) =>
    parseCell(await loadPython(), source).gaps.map(
      ({ code, weight, range }) =>
        `${code} ${weight} ${range === null ? "all" : `${range.start.line + 1}-${range.end.line + 1}`}`,
    );

  test.each([
    ["%%notify\nx = 1", ["coverage/body-taken-for-python assumed 1-1"]],
    ["%%cudf.pandas.profile\nx = 1", ["coverage/body-taken-for-python assumed 1-1"]],
    ["%%mystery\nselect a from b", ["coverage/other-language unread 1-2"]],
    ["%%bash\nls -l", ["coverage/other-language unread 1-2"]],
    ["x = 0\n%sql select 1", ["coverage/other-language unread 2-2"]],
    ["t = %sql select 1", ["coverage/other-language unread 1-1"]],
    ["%%html\n<b>x</b>", ["coverage/other-language foreign 1-2"]],
    ["%run features.ipynb", ["coverage/runs-elsewhere unread 1-1"]],
    ["%load model.py", ["coverage/runs-elsewhere unread 1-1"]],
    ["%mystery on", ["coverage/unknown-magic assumed 1-1"]],
    ["x = %mystery on", ["coverage/unknown-magic unread 1-1"]],
    ["%%bash", []],
    ["%%time\n%%capture out\nx = 1", []],
    ["%autoreload 2\n%matplotlib inline\n!pip install x\ndf.head?\n%time f()", []],
  ])("%j", async (source, gaps) => {
    expect(await said(source)).toEqual(gaps);
  });
});

test("a long line of signs costs no more than its length", () => {
  const source = `${"x=%".repeat(40_000)}\n${"?".repeat(60_000)}\n%${"-n 1 ".repeat(20_000)}`;
  const began = process.cpuUsage();
  maskMagics(source);
  expect(process.cpuUsage(began).user).toBeLessThan(500_000);
});
