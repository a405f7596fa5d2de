import type { Node } from "../../../notebook/python.ts";
import { isPublicLibrary } from "../expressions/tame.ts";
import type { Value } from "../values/value.ts";
import type { Modules } from "./modules.ts";

/** What an import statement does to the names around it. */
export interface Importing {
  bind(name: string, value: Value): void;
  /** Any name may have another value: `import *` of a module that was not read. `keep` says which values cannot be meant. */
  loseNames(why: string, keep: (value: Value) => boolean): void;
}

/** Binds what an import statement brings: modules of the workspace and their names, and everything else by its full dotted name. */
export function readImport(
  statement: Node,
  from: { readonly path: string; readonly folders: readonly string[] },
  modules: Modules,
  { bind, loseNames }: Importing,
): void {
  const module = statement.childForFieldName("module_name");
  const names = statement.childrenForFieldName("name").flatMap((name) => {
    if (!name) return [];
    const aliased = name.type === "aliased_import";
    const stated = aliased ? (name.childForFieldName("name")?.text ?? "") : name.text;
    return [{ stated, alias: aliased ? (name.childForFieldName("alias")?.text ?? stated) : null }];
  });
  if (!module) {
    for (const { stated, alias } of names) {
      const path = modules.find(stated, from.folders);
      if (path) modules.variablesOf(path);
      // `import a.b` binds `a`; `import a.b as c` binds the module itself.
      const bound = alias ? stated : (stated.split(".")[0] ?? stated);
      const home = alias ? path : modules.find(bound, from.folders);
      bind(alias ?? bound, home ? { kind: "module", path: home } : { kind: "imported", name: bound });
    }
    return;
  }
  const path = pathOf(module, from, modules);
  for (const { stated, alias } of names) {
    const value: Value | null = path ? modules.member(path, stated) : null;
    const dotted = `${module.text.replace(/^\.+/, "")}.${stated}`.replace(/^\./, "");
    bind(alias ?? stated, value ?? { kind: "imported", name: path ? `${path}.${stated}` : dotted });
  }
  if (statement.namedChildren.some((child) => child?.type === "wildcard_import"))
    importAll(module.text, path, modules, { bind, loseNames });
}

function importAll(
  module: string,
  path: string | null,
  modules: Modules,
  { bind, loseNames }: Importing,
): void {
  if (path) {
    for (const [name, value] of modules.exported(path)) bind(name, value);
    const lost = modules.lostIn(path);
    if (lost !== null) loseNames(lost, () => false);
    return;
  }
  const known = exportedBy[module];
  if (known) for (const name of known) bind(name, { kind: "imported", name: `${module}.${name}` });
  else if (!/^(lookback|feast)\b/.test(module)) {
    modules.unreadNames(module);
    const ours = (value: Value) =>
      value.kind === "imported"
        ? /^(lookback|feast|datetime)\b/.test(value.name)
        : definitions.has(value.kind);
    const isPublic = isPublicLibrary(module);
    loseNames(`from ${module} import * may give it another value`, (value) => isPublic && ours(value));
  }
}

/** What a public library surely has no other thing called like. */
const definitions: ReadonlySet<Value["kind"]> = new Set(["type", "view", "source", "training-set"]);

/** Modules of the standard library that definitions are written with. */
const exportedBy: Readonly<Record<string, readonly string[]>> = {
  datetime: ["timedelta", "datetime", "date", "time", "timezone", "tzinfo", "UTC", "MINYEAR", "MAXYEAR"],
  pathlib: ["Path", "PurePath", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"],
  enum: ["Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "auto", "unique"],
  dataclasses: ["dataclass", "field", "asdict", "astuple", "fields", "replace", "is_dataclass"],
  functools: ["partial", "reduce", "lru_cache", "cache", "wraps", "cached_property", "total_ordering"],
  typing:
    "Any Callable ClassVar Dict Final Generic Iterable Iterator List Literal Mapping NamedTuple Optional Protocol Sequence Set Tuple Type TypedDict TypeVar Union TYPE_CHECKING cast".split(
      " ",
    ),
};

/** Where a `from` looks: dots climb from the module's own folder. */
function pathOf(
  module: Node,
  from: { readonly path: string; readonly folders: readonly string[] },
  modules: Modules,
): string | null {
  if (module.type !== "relative_import") return modules.find(module.text, from.folders);
  const dots = /^\.+/.exec(module.text)?.[0].length ?? 0;
  return modules.relative(from.path, dots, module.text.slice(dots).trim());
}
