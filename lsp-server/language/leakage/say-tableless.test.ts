import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { Python } from "../notebook/python.ts";
import { readNotebook } from "../notebook/read-notebook.ts";
import type { Sql } from "../sql/sql.ts";
import { analyze } from "./analyze.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

/** What is found, and which columns are said to be of nobody known, of a model that learns from `x` of a query. */
function look(query: string, before = "") {
  const code = `import duckdb
${before}df = duckdb.sql("""${query}""").df().sort_values("moment")
train, test = df[:20], df[20:]
print(Ridge().fit(train[["x"]], train["y"]).score(test[["x"]], test["y"]))`;
  const { findings, coverage } = analyze(readNotebook(code, "n.py").value, { python, sql });
  const said = coverage.gaps.filter(({ code }) => code === "coverage/column-without-table");
  return { found: findings.map(({ rule }) => rule), said };
}

const joined = "FROM labels l LEFT JOIN states s ON l.id = s.id";
const moments = "l.asked_at AS moment, s.valid_at, l.y";
const known = `labels = pd.DataFrame({"id": [1], "asked_at": ["2024-01-01"], "y": [1]})
states = pd.DataFrame({"id": [1], "valid_at": ["2024-01-01"], "level": [1]})
`;

describe("a column that could be of two unknown tables", () => {
  it("is said where another finding would hold if it were of the other", () => {
    const { found, said } = look(`SELECT ${moments}, level AS x ${joined}`);
    expect(found).toEqual([]);
    expect(said.map(({ reason, means, advice }) => [reason, means, advice])).toEqual([
      [
        "Which table `level` is from is not known from the text: 2 tables of this query may have it.",
        "Whether join-not-as-of is to be found here depends on it, and is not part of the answer.",
        "Write the table before it: `l.level` or `s.level`.",
      ],
    ]);
    expect(said[0]?.range?.start).toEqual({ line: 1, character: 65 });
  });

  it("is to be written with a table's name, where that has one", () => {
    const { said } = look(
      "SELECT asked_at AS moment, valid_at, y, level AS x FROM (SELECT * FROM labels) JOIN (SELECT * FROM states) USING (id)",
    );
    expect(said.map(({ advice }) => advice)).toEqual([
      "Give each subquery of this query a name, and write that of its table before it.",
    ]);
  });

  it("is said alone, beside one that changes nothing", () => {
    const { said } = look(`SELECT ${moments}, level AS x, colour AS z ${joined}`);
    expect(said.map(({ reason }) => /`(\w+)`/.exec(reason)?.[1])).toEqual(["level"]);
  });

  it("is said where it was not tried, beside many others", () => {
    const others = Array.from({ length: 12 }, (_, at) => `colour_${at} AS z_${at}`).join(", ");
    const { said } = look(`SELECT ${moments}, level AS w, ${others}, level AS x ${joined}`);
    expect(said.at(-1)?.reason).toContain("`level`");
  });

  it("is said where its test may be what bounds a join", () => {
    const { found, said } = look(`SELECT ${moments}, s.level AS x ${joined} AND valid_at <= asked_at`);
    expect(found).toEqual([]);
    expect(said.map(({ reason }) => /`(\w+)`/.exec(reason)?.[1]).sort()).toEqual(["asked_at", "valid_at"]);
  });

  it("is asked of many joins once each, however many tests may bound them", () => {
    const many = Array.from({ length: 320 }, (_, at) => at);
    const joins = many.map((at) => `JOIN t${at} ON t${at}.id = l.id AND w${at} < d${at}`).join(" ");
    const tests = many.map((at) => `d${at} <= asked_at`).join(" AND ");
    const began = performance.now();
    const { said } = look(
      `SELECT asked_at AS moment, l.y, t1.level AS x FROM labels l ${joins} WHERE ${tests}`,
    );
    expect(said).toEqual([]);
    expect(performance.now() - began).toBeLessThan(8000);
  });

  it.each([
    [
      "where no other finding would hold",
      "SELECT l.asked_at AS moment, l.y, city AS x FROM labels l JOIN users u ON l.id = u.id",
    ],
    ["where the first table is named", `SELECT ${moments}, l.level AS x ${joined}`],
    ["where there is only one", "SELECT asked_at AS moment, level AS x, y FROM labels"],
  ])("is not spoken of %s", (_, query) => expect(look(query)).toEqual({ found: [], said: [] }));
});

describe("a column that only one table has", () => {
  it.each([
    [`SELECT asked_at AS moment, valid_at, y, level AS x ${joined}`, ["join-not-as-of"]],
    [`SELECT asked_at AS moment, valid_at, y, level AS x ${joined} AND valid_at <= asked_at`, []],
  ])("is of that one: %s", (query, expected) =>
    expect(look(query, known)).toEqual({ found: expected, said: [] }),
  );

  it("is found where its table is named", () =>
    expect(look(`SELECT ${moments}, s.level AS x ${joined}`)).toEqual({
      found: ["join-not-as-of"],
      said: [],
    }));
});
