import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { circles } from "./house/circles.ts";
import { directionTable, quoted, roomOf } from "./house/direction-table.ts";
import { code, files, isTest, production, textOf, within } from "./house/files.ts";
import { importsOf } from "./house/imports-of.ts";

const table = directionTable();

const topLevel = [
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "biome.json",
  "extension",
  "kernel-bridge",
  "lsp-server",
  "package-lock.json",
  "package.json",
  "pipeline",
  "test",
  "tsconfig.json",
];

describe("the house", () => {
  it("keeps nothing else at the top level", () => {
    const present = new Set(files.map((path) => path.split("/")[0]!).filter((name) => !name.startsWith(".")));
    expect([...present].filter((name) => !topLevel.includes(name))).toEqual([]);
  });

  it("takes no place apart, whose lines are reckoned when they are asked: `placeWith` does", () => {
    const leakage = production.filter((path) => within(path, "lsp-server/language/leakage"));
    const spread = /\{\s*\.\.\.(\w+\??\.)*(at|place)\b[,\s]/;
    expect(leakage.length).toBeGreaterThan(100);
    expect(leakage.filter((path) => spread.test(textOf(path)))).toEqual([]);
  });

  it("has one version number, the root's", () => {
    const manifests = files.filter(
      (path) => posix.basename(path) === "package.json" && path !== "package.json",
    );
    const bad = manifests.filter((path) => {
      const { version, dependencies = {}, devDependencies = {} } = JSON.parse(textOf(path));
      const ours = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
        name.startsWith("@lookback/"),
      );
      return version !== "0.0.0" || ours.some(([, range]) => range !== "*");
    });
    expect(bad).toEqual([]);
    const { version } = JSON.parse(textOf("package.json"));
    const stated = files.filter(
      (path) =>
        /\.(tsx?|mjs|py|toml|md)$/.test(path) && !isTest(path) && textOf(path).includes(`"${version}"`),
    );
    expect(stated).toEqual([]);
  });

  it("refuses names that say nothing", () => {
    const refused = /^(utils?|common|helpers?|misc|shared|manager)$/;
    const bad = files.filter((path) =>
      path.split("/").some((part) => refused.test(part.replace(/\.(test\.)?[a-z]+$/, ""))),
    );
    expect(bad).toEqual([]);
  });

  it("names scripts in kebab-case and Python in snake_case", () => {
    const script = /^[a-z0-9]+(-[a-z0-9]+)*(\.slow)?(\.test|\.config|\.d)?\.(tsx?|mjs|cjs|css)$/;
    const python = /^(__)?[a-z0-9]+(_[a-z0-9]+)*(__)?\.py$/;
    const bad = code.filter((path) => !(path.endsWith(".py") ? python : script).test(posix.basename(path)));
    expect(bad).toEqual([]);
  });

  it("keeps files small: at most 400 lines, Python and builds too; the median at most 90", () => {
    const sizes = production
      .filter((path) => !path.endsWith(".css"))
      .map((path) => ({ path, lines: textOf(path).trimEnd().split("\n").length }));
    expect(sizes.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
  });

  it("has no barrel files", () => {
    const onlyPassesOn = /^(export (type )?(\*|\{[^}]*\}) from [^;]+|import [^;]+);?$/;
    const bad = production.filter((path) => {
      if (!/\.tsx?$/.test(path)) return false;
      const bare = textOf(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      const statements = bare
        .split(/;\s*\n/)
        .map((each) => each.trim())
        .filter(Boolean);
      return statements.length > 0 && statements.every((each) => onlyPassesOn.test(each));
    });
    expect(bad).toEqual([]);
  });
});

describe("directions, as the table in ARCHITECTURE.md gives them", () => {
  const imports = new Map(production.map((path) => [path, importsOf(path)]));

  it("reads a table", () => {
    expect(table.size).toBeGreaterThan(12);
    expect([...imports.values()].flat().length).toBeGreaterThan(500);
  });

  it("knows a room for every file", () => {
    expect(production.filter((path) => roomOf(path, table.keys()) === null)).toEqual([]);
  });

  it("lets each room import only what the table says", () => {
    const bad = [...imports].flatMap(([path, targets]) => {
      const room = roomOf(path, table.keys());
      const allowed = room === null ? [] : [room, ...table.get(room)!];
      return targets
        .filter((target) => !allowed.some((folder) => within(target, folder)))
        .map((target) => `${path} imports ${target}`);
    });
    expect(bad).toEqual([]);
  });

  it("has no circles, of types neither", () => {
    const graph = new Map(
      [...imports].map(([path, targets]) => [path, targets.filter((target) => imports.has(target))]),
    );
    expect(circles(graph)).toEqual([]);
  });

  it("imports only files that are there", () => {
    const bad = code.flatMap((path) =>
      importsOf(path)
        .filter((target) => !files.includes(target) && !files.includes(`${target}.mjs`))
        .filter((target) => !/(^|\/)(dist|generated|lib)\//.test(target))
        .map((target) => `${path} imports ${target}`),
    );
    expect(bad).toEqual([]);
  });
});

describe("the documents", () => {
  it("say why each package is there", () => {
    const why = textOf("ARCHITECTURE.md");
    const names = files
      .filter((path) => posix.basename(path) === "package.json")
      .flatMap((path) => {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(textOf(path));
        return Object.keys({ ...dependencies, ...devDependencies });
      });
    expect(names.length).toBeGreaterThan(30);
    const ofHosts = /^@(lookback|types|jupyterlab|codemirror|lumino)\//;
    expect([...new Set(names)].filter((name) => !ofHosts.test(name) && !why.includes(`\`${name}\``))).toEqual(
      [],
    );
  });

  it("name only files and folders that are there", () => {
    const firstParts = new Set(topLevel);
    const bad = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].flatMap((document) => {
      const drawn = [...textOf(document).matchAll(/^([a-z][\w./<>{},-]*)\s{2,}\S/gm)].map(
        (match) => match[1]!,
      );
      return [...quoted(textOf(document)), ...drawn]
        .map((name) => name.replace(/[<{].*$/, "").replace(/\/$/, ""))
        .filter((name) => name.includes("/") && firstParts.has(name.split("/")[0]!))
        .filter((name) => !name.split("/").includes("dist"))
        .filter((name) => !files.some((path) => within(path, name) || path.startsWith(name)))
        .map((name) => `${document} names ${name}`);
    });
    expect(bad).toEqual([]);
  });

  it("and what the observer says of its twin in TypeScript name only files that are there", () => {
    const observer = files.filter((path) => path.startsWith("kernel-bridge/python/observer/"));
    const named = observer.flatMap((path) =>
      quoted(textOf(path))
        .filter((name) => name.startsWith("src/"))
        .map((name) => [path, `kernel-bridge/${name.replace(/\/$/, "")}`] as const),
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter(([, name]) => !files.some((path) => within(path, name)))).toEqual([]);
  });
});
