import { argument, type Called, isConstant, rootOf } from "./called.ts";

/** What a call does with files: `*` is any of them. */
export interface FileUse {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** It makes, moves or removes folders, or may. */
  readonly isOfFolders: boolean;
  /** Whoever has the answer still has the file. */
  readonly isKeptOpen: boolean;
}

const none: FileUse = { reads: [], writes: [], isOfFolders: false, isKeptOpen: false };

/** What a library's call does with files, by its module and its name; null where it has none to do with. */
export function filesOf(called: Called): FileUse | null {
  const { name } = called;
  const root = rootOf(called);
  if (root === "os") return ofOs(called);
  if (root === "shutil") return name.startsWith("which") || name === "disk_usage" ? null : any;
  if (root === "subprocess" || root === "pexpect" || root === "sh") return any;
  // A logger may have been told to write into a file.
  if (root === "logging") return { ...none, writes: ["*"] };
  if (root === "pathlib") return ofPath(called);
  // A source says where rows lie; whoever asks for them reads it, and nothing is written there.
  if (root === "lookback") return { ...none, reads: name === "to_df" ? ["*"] : mentioned(called) };
  if (root === "sklearn" && /^(load|fetch)_/.test(name) && name !== "load_files") return null;
  if (opening.has(name)) return ofOpening(called);
  if (reading.test(name)) return { ...none, reads: filesNamed(called) };
  if (name === "load")
    return { ...none, reads: filesNamed(called), isKeptOpen: argument(called, null, "mmap_mode") !== null };
  if (writing.test(name)) return called.args.length === 0 ? null : ofWriting(called);
  if (anyhow.test(name)) return any;
  const said = mentioned(called);
  return said.length === 0 ? null : { reads: said, writes: said, isOfFolders: false, isKeptOpen: true };
}

/** The key under which a file is known here: its name without its folder and without what follows a dot; null where it is no file. */
function fileKey(text: string): string | null {
  if (/^(https?|ftp|s3|gs|gcs|abfss?):/i.test(text)) return null;
  const base =
    text
      .replace(/^\w+:\/+/, "")
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? "";
  if (base === "" || base === "." || base === ".." || /[*?[\]{]/.test(base)) return "*";
  return /^\.?[^.]*/.exec(base)?.[0] || base;
}

const any: FileUse = { reads: ["*"], writes: ["*"], isOfFolders: true, isKeptOpen: true };

function ofOs(called: Called): FileUse | null {
  const { path, name } = called;
  if (path?.startsWith("os.path."))
    return /^(exists|is|get|l?stat|same|realpath)/.test(name) ? { ...none, reads: filesNamed(called) } : null;
  if (
    path?.startsWith("os.environ") ||
    /^(getenv|getcwd|getpid|cpu_count|urandom|getlogin|uname|fspath|putenv)/.test(name)
  )
    return null;
  if (/^(listdir|walk|scandir|stat|lstat|access)$/.test(name)) return { ...none, reads: ["*"] };
  return any;
}

function ofPath(called: Called): FileUse | null {
  const { name } = called;
  if (
    /^(Path|PurePath|PosixPath|joinpath|with_\w+|resolve|absolute|as_\w+|relative_to|expanduser|cwd|home|is_absolute|match|__\w+__)$/.test(
      name,
    )
  )
    return null;
  if (/^(read_\w+|exists|is_\w+|stat|glob|rglob|iterdir)$/.test(name)) return { ...none, reads: ["*"] };
  if (name === "open" && !/[wax+]/.test(modeOf(called, 0) ?? "w"))
    return { ...none, reads: ["*"], isKeptOpen: true };
  return any;
}

function ofOpening(called: Called): FileUse {
  const files = filesNamed(called);
  const isOfMode =
    reads.has(rootOf(called) ?? "") && /^(open|File|ZipFile|TarFile|\w+File)$/.test(called.name);
  const mode = isOfMode ? modeOf(called, 1) : null;
  if (mode !== null && !/[wax+]/.test(mode)) return { ...none, reads: files, isKeptOpen: true };
  return {
    reads: mode !== null && /^[wx][bt]?$/.test(mode) ? [] : files,
    writes: files,
    isOfFolders: false,
    isKeptOpen: true,
  };
}

/** Null where the text does not tell. */
function modeOf(called: Called, place: number): string | null {
  const mode = argument(called, place, "mode");
  return mode === null
    ? called.args.some(({ spread }) => spread !== null)
      ? null
      : "r"
    : called.textOf(mode);
}

function ofWriting(called: Called): FileUse {
  const files = filesNamed(called);
  const isAppended = called.args.some(
    ({ name }) => name === "mode" || name === "if_exists" || name === "append" || name === "con",
  );
  const isOver = isConstant(argument(called, null, "mode"), "w");
  return { ...none, writes: files, reads: isAppended && !isOver ? files : [], isKeptOpen: false };
}

/** The files that a call's arguments name; any, where one of them may be a path that the text does not tell. */
function filesNamed(called: Called): string[] {
  const texts = called.args
    .filter(({ name }) => name === null || paths.test(name))
    .flatMap(({ value }) => {
      const text = called.textOf(value);
      return text === null ? [] : [text];
    });
  const keys = texts.filter(isPath).map(fileKey);
  if (keys.length > 0) return keys.flatMap((key) => key ?? []);
  const [first] = texts;
  const key = first === undefined ? "*" : fileKey(first);
  return key === null ? [] : [key];
}

function mentioned(called: Called): string[] {
  return called.args.flatMap(({ value }) => {
    const text = called.textOf(value);
    return text !== null && isPath(text) ? (fileKey(text) ?? []) : [];
  });
}

function isPath(text: string): boolean {
  return (
    text.length < 300 &&
    /[\w)\]-]\.[A-Za-z][A-Za-z0-9]{0,9}$|^(~|\.{0,2})\/|^[A-Za-z]:[\\/]/.test(text) &&
    !/[\n<>|]|, /.test(text)
  );
}

const paths = /path|file|fname|dest|dir|^(buf|io|to|url|con|uri|name|location|output|target|root|fp)$/i;

/** Modules whose files are opened to be read where nothing else is said. */
const reads: ReadonlySet<string> = new Set(
  "PIL builtins bz2 codecs gzip h5py io lzma os rasterio tarfile xarray zipfile".split(" "),
);

const opening: ReadonlySet<string> = new Set(
  "open connect File ZipFile TarFile ExcelWriter HDFStore create_engine memmap open_file open_dataset GzipFile BZ2File SummaryWriter FileHandler DictWriter".split(
    " ",
  ),
);

const reading =
  /^(read_(?!sql_magic)\w+|load_(?!ext)\w+|scan_\w+|imread|genfromtxt|loadtxt|fromfile|from_(csv|file|json|parquet|pretrained)|glob|iglob|parse|get_file|stat|is_zipfile)$/;

const writing =
  /^(to_(csv|parquet|feather|pickle|excel|json|html|hdf|sql|stata|latex|markdown|string|xml|orc|gbq|file|netcdf|zarr|image)|save\w*|dump|write\w*|export\w*|imsave|imwrite|tofile|store|sink_\w+|put_file|render)$/;

const anyhow =
  /^(extract(all)?|download\w*|urlretrieve|rename|replace_file|unlink|rmtree|copytree|copyfile|mkdir|makedirs|mkd?temp|NamedTemporaryFile|TemporaryDirectory|dataset_download\w*)$/;
