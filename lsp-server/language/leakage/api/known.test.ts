import { describe, expect, it } from "vitest";
import { allLibraries } from "./all-libraries.ts";
import {
  callerEffect,
  classRole,
  estimatorEffect,
  functionEffect,
  groupEffect,
  holdsRows,
  isTableMethod,
  methodEffect,
} from "./known.ts";

describe("a name of a library", () => {
  it("means what its own library says, where the path leads there", () => {
    expect(functionEffect("numpy.split")).toBe("cut-rows");
    expect(functionEffect("pyspark.sql.functions.split")).toBe("by-row");
    expect(functionEffect("re.split")).toBe("by-row");
    expect(functionEffect("scipy.stats.norm")).toBe("nothing");
    expect(functionEffect("scipy.linalg.norm")).toBe("statistic");
    expect(functionEffect("polars.all")).toBe("column");
    expect(functionEffect("numpy.all")).toBe("by-row");
    expect(functionEffect("numpy.add.reduce")).toBe("statistic");
    expect(classRole("pyspark.ml.clustering.LDA")).toBe("transformer");
    expect(classRole("sklearn.lda.LDA")).toBe("model");
    expect(classRole("mlxtend.feature_extraction.LinearDiscriminantAnalysis")).toBe("supervised");
  });

  it("means the same in a module that offers the library's names", () => {
    expect(functionEffect("modin.pandas.cut")).toBe(functionEffect("pandas.cut"));
    expect(functionEffect("tensorflow.keras.utils.split_dataset")).toBeUndefined();
    expect(functionEffect("pyspark.pandas.concat")).toBe("concat");
    expect(functionEffect("pyspark.sql.functions.concat")).toBe("by-row");
  });

  it("means what the first library in order says, where no path leads to one", () => {
    expect(functionEffect("product")).toBe("by-row");
    expect(functionEffect("split")).toBe("cut-rows");
    expect(functionEffect("concat")).toBe("concat");
    expect(classRole("LinearDiscriminantAnalysis")).toBe("model");
    expect(classRole("LDA")).toBe("model");
  });

  it("is not taken for another library's where its own was read, and does not have it", () => {
    expect(functionEffect("torch.read_csv")).toBeUndefined();
    expect(functionEffect("scipy.signal.resample")).toBeUndefined();
    expect(functionEffect("pandas.hstack")).toBeUndefined();
    expect(classRole("pandas.PCA")).toBeUndefined();
    expect(callerEffect("torch.nn.utils.partial")).toBeUndefined();
  });

  it("is taken for the same name elsewhere where nobody read its library", () => {
    expect(functionEffect("somewhere.read_csv")).toBe("read");
    expect(functionEffect("tensorflow.corrcoef")).toBe("statistic");
    expect(classRole("project.models.PCA")).toBe("transformer");
  });

  it("with a dot counts only where the path ends so", () => {
    expect(functionEffect("selectors.numeric")).toBeUndefined();
    expect(functionEffect("numeric")).toBeUndefined();
    expect(functionEffect("polars.selectors.numeric")).toBe("column");
  });

  it("holds nothing of the rows where its module draws, prints, or speaks with the machine", () => {
    expect(functionEffect("cv2.merge")).toBe("by-row");
    expect(functionEffect("os.path.split")).toBe("by-row");
    expect(functionEffect("seaborn.load_dataset")).toBe("read");
    expect(callerEffect("functools.partial")).toBe("partial");
  });

  it("that stands nowhere is not known", () => {
    expect(functionEffect("numpy.no_such_function")).toBeUndefined();
    expect(functionEffect("constructor")).toBeUndefined();
    expect(functionEffect("numpy.toString")).toBeUndefined();
    expect(classRole("sklearn.svm.NoSuchClass")).toBeUndefined();
    expect(methodEffect("no_such_method")).toBeUndefined();
    expect(methodEffect("constructor")).toBeUndefined();
    expect(groupEffect("no_such_method")).toBeUndefined();
    expect(estimatorEffect("no_such_method")).toBeUndefined();
    expect(isTableMethod("no_such_method")).toBe(false);
  });

  it("of a model that is given its rows when it is made is known", () => {
    expect(holdsRows("WLS")).toBe(true);
    expect(holdsRows("Ridge")).toBe(false);
  });
});

describe.each(allLibraries)("the table of $name", (library) => {
  const tables = [
    library.functions,
    library.callers,
    library.classes,
    library.methods,
    library.groups,
    library.estimators,
  ].map((table) => Object.keys(table ?? {}));
  const named = tables.flat();

  it("is sorted", () => {
    for (const names of [...tables, library.tables ?? [], library.former ?? [], library.unjudged ?? []])
      expect(names).toEqual([...new Set(names)].sort());
  });

  it("has no name as both a function and a class, or as judged and not", () => {
    const classes = Object.keys(library.classes ?? {});
    expect(Object.keys(library.functions ?? {}).filter((name) => classes.includes(name))).toEqual([]);
    const judged = tables.slice(0, 3).flat();
    expect((library.unjudged ?? []).filter((name) => judged.includes(name))).toEqual([]);
  });

  it("says of no name that it is gone which it does not have", () => {
    expect((library.former ?? []).filter((name) => !named.includes(name))).toEqual([]);
  });

  it("says where it was read", () => {
    expect(library.source).toMatch(/^https:\/\//);
    expect(library.version === null).toBe(library.modules === undefined);
  });
});

describe("all tables", () => {
  it("name each library and each module once", () => {
    const modules = allLibraries.flatMap(({ name, also = [] }) => [name, ...also]);
    expect(modules).toHaveLength(new Set(modules).size);
  });

  it("are written one name a line", async () => {
    const { readdirSync, readFileSync } = await import("node:fs");
    const folder = `${import.meta.dirname}/libraries`;
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    );
    expect(files.length).toBeGreaterThan(50);
    const entry = /[\w$"'.-]+: "[a-z-]+",/g;
    const bad = files.flatMap((path) =>
      readFileSync(`${folder}/${path}`, "utf8")
        .split("\n")
        .filter((line) => (line.match(entry)?.length ?? 0) > 1),
    );
    expect(bad).toEqual([]);
  });
});
