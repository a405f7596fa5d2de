import type { CaptureCases } from "../capture-case.ts";

const data = 'open("d.csv", "w").write("a\\n1\\n")';
const before = { path: "d.csv", bytes: "after-setup" } as const;

/** What happens to files, whichever library does it: versions, names, places. */
export const plainPythonFiles: CaptureCases = {
  library: "Python's files",
  needs: [],
  cases: [
    {
      name: "read, then overwritten in the same cell",
      setup: data,
      cells: ['t = open("d.csv").read(); open("d.csv", "w").write("a\\n2\\n")'],
      expects: { reads: [before], writes: ["d.csv"] },
    },
    {
      name: "read, then overwritten with its time put back",
      setup: data,
      cells: [
        't = open("d.csv").read()',
        'import os\ns = os.stat("d.csv"); f = open("d.csv", "w"); f.write("a\\n2\\n"); f.close(); os.utime("d.csv", ns=(s.st_atime_ns, s.st_mtime_ns))',
      ],
      expects: { reads: [before], writes: [{ path: "d.csv", cell: 1 }] },
    },
    {
      name: "written in two cells",
      cells: ['open("o.csv", "w").write("1")', 'open("o.csv", "w").write("22")'],
      expects: {
        writes: [
          { path: "o.csv", bytes: { text: "1" } },
          { path: "o.csv", cell: 1 },
        ],
      },
    },
    {
      name: "written twice in one cell",
      cells: ['open("o.csv", "w").write("1"); open("o.csv", "w").write("22")'],
      expects: { writes: [{ path: "o.csv", bytes: { text: "1" } }, "o.csv"] },
    },
    {
      name: "read and deleted",
      setup: data,
      cells: ['import os\nt = open("d.csv").read(); os.remove("d.csv")'],
      expects: { reads: [before] },
    },
    {
      name: "read and deleted in a later cell, through pathlib",
      setup: data,
      cells: ['from pathlib import Path\nt = Path("d.csv").read_text()', 'Path("d.csv").unlink()'],
      expects: { reads: [before] },
    },
    {
      name: "read in two cells",
      setup: data,
      cells: ['t = open("d.csv").read()', 't = open("d.csv").read()'],
      expects: { reads: ["d.csv", { path: "d.csv", cell: 1 }] },
    },
    {
      name: "a temporary file put into its place with os.replace",
      cells: ['import os\nopen("o.csv.tmp", "w").write("1"); os.replace("o.csv.tmp", "o.csv")'],
      expects: { writes: ["o.csv"] },
    },
    {
      name: "a temporary file put into its place with shutil.move",
      cells: ['import shutil\nopen("o.csv.part", "w").write("1"); shutil.move("o.csv.part", "o.csv")'],
      expects: { writes: ["o.csv"] },
    },
    {
      name: "a folder written beside its place and renamed",
      cells: [
        'import os\nos.mkdir("out.tmp"); open("out.tmp/a.csv", "w").write("1"); os.rename("out.tmp", "out")',
      ],
      expects: { writes: ["out/a.csv"] },
    },
    {
      name: "shutil.copy",
      setup: data,
      cells: ['import shutil\nshutil.copy("d.csv", "e.csv")'],
      expects: { reads: ["d.csv"], writes: ["e.csv"] },
    },
    {
      name: "appended to",
      setup: data,
      cells: ['t = open("d.csv").read()', 'open("d.csv", "a").write("2\\n")'],
      expects: { reads: [before], writes: [{ path: "d.csv", cell: 1 }] },
    },
    {
      name: "read and changed in place",
      setup: data,
      cells: ['with open("d.csv", "r+") as f:\n    f.read(); f.write("2\\n")'],
      expects: { reads: [before], writes: ["d.csv"] },
    },
    {
      name: "pathlib, read and write",
      setup: data,
      cells: ['from pathlib import Path\nPath("o.txt").write_text(Path("d.csv").read_text())'],
      expects: { reads: ["d.csv"], writes: ["o.txt"] },
    },
    {
      name: "files of unusual endings",
      setup: 'for n in ("iris.data", "words.dat", "a.names"): open(n, "w").write(n)',
      cells: ['t = [open(n).read() for n in ("iris.data", "words.dat", "a.names")]'],
      expects: { reads: ["iris.data", "words.dat", "a.names"] },
    },
    {
      name: "gzip, bz2, lzma",
      setup:
        'import gzip, bz2, lzma\nfor m, n in ((gzip, "d.gz"), (bz2, "d.bz2"), (lzma, "d.xz")):\n    with m.open(n, "wt") as f: f.write("a")',
      cells: [
        'import gzip, bz2, lzma\nt = [m.open(n, "rt").read() for m, n in ((gzip, "d.gz"), (bz2, "d.bz2"), (lzma, "d.xz"))]',
      ],
      expects: { reads: ["d.gz", "d.bz2", "d.xz"] },
    },
    {
      name: "zip, written and read",
      cells: [
        'import zipfile\nwith zipfile.ZipFile("o.zip", "w") as z: z.writestr("a.csv", "1")',
        'with zipfile.ZipFile("o.zip") as z: t = z.read("a.csv")',
      ],
      expects: { reads: [{ path: "o.zip", cell: 1 }], writes: ["o.zip"] },
    },
    {
      name: "tar, unpacked",
      setup: `${data}\nimport tarfile\nwith tarfile.open("d.tar.gz", "w:gz") as t: t.add("d.csv")\nimport os; os.remove("d.csv")`,
      cells: ['import tarfile\nwith tarfile.open("d.tar.gz") as t: t.extractall(filter="data")'],
      expects: { reads: ["d.tar.gz"], writes: ["d.csv"] },
    },
    {
      name: "csv, json, text",
      setup: `${data}\nopen("d.json", "w").write("{}")`,
      cells: [
        'import csv, json\nrows = list(csv.reader(open("d.csv")))\njson.dump(json.load(open("d.json")), open("o.json", "w"))',
      ],
      expects: { reads: ["d.csv", "d.json"], writes: ["o.json"] },
    },
    {
      name: "pickle, there and back",
      cells: [
        'import pickle\nwith open("o.pkl", "wb") as f: pickle.dump([1], f)',
        'with open("o.pkl", "rb") as f: x = pickle.load(f)',
      ],
      expects: { reads: [{ path: "o.pkl", cell: 1 }], writes: ["o.pkl"] },
    },
    {
      name: "mmap",
      setup: data,
      cells: [
        'import mmap\nwith open("d.csv", "rb") as f: t = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)[:]',
      ],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "os.open",
      setup: data,
      cells: ['import os\nfd = os.open("d.csv", os.O_RDONLY); t = os.read(fd, 9); os.close(fd)'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "five hundred files of a folder, read",
      setup: 'import os\nos.mkdir("parts")\nfor i in range(500): open(f"parts/{i}.csv", "w").write(str(i))',
      cells: ['import glob\nt = [open(p).read() for p in glob.glob("parts/*.csv")]'],
      expects: { reads: [{ path: "parts", has: { kind: "folder", files: 500, stored: true } }] },
    },
    {
      name: "an image folder by class, with its labels",
      setup:
        'import os\nopen("labels.csv", "w").write("a")\nfor c in ("cat", "dog"):\n    os.makedirs(f"imgs/{c}")\n    for i in range(80): open(f"imgs/{c}/{i}.png", "wb").write(bytes([i]))',
      cells: [
        'import os\nlabels = open("labels.csv").read()\nt = [open(os.path.join(at, n), "rb").read() for at, _, names in os.walk("imgs") for n in names]',
      ],
      expects: { reads: ["labels.csv", { path: "imgs", has: { kind: "folder", files: 160 } }] },
    },
    {
      name: "a thousand files of a folder, written",
      cells: ['import os\nos.mkdir("out")\nfor i in range(1000): open(f"out/{i}.txt", "w").write(str(i))'],
      expects: { writes: [{ path: "out", has: { kind: "folder", files: 1000, stored: true } }] },
    },
    {
      name: "threads",
      setup: 'for i in range(4): open(f"d{i}.csv", "w").write(str(i))',
      cells: [
        'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool: t = list(pool.map(lambda i: open(f"d{i}.csv").read(), range(4)))',
      ],
      expects: { reads: ["d0.csv", "d1.csv", "d2.csv", "d3.csv"] },
    },
    {
      name: "forked processes",
      setup: 'for i in range(2): open(f"d{i}.csv", "w").write(str(i))',
      cells: [
        'import multiprocessing as mp\ndef work(i):\n    open(f"o{i}.csv", "w").write(open(f"d{i}.csv").read())\nwith mp.get_context("fork").Pool(2) as pool: pool.map(work, range(2))',
      ],
      expects: { reads: ["d0.csv", "d1.csv"], writes: ["o0.csv", "o1.csv"] },
    },
    {
      name: "%run of a script that reads and writes",
      setup: `${data}\nopen("prep.py", "w").write("open('o.csv', 'w').write(open('d.csv').read())")`,
      cells: ["%run prep.py"],
      expects: { reads: ["d.csv"], writes: ["o.csv"] },
    },
    {
      name: "a module of the workspace that reads",
      setup: `${data}\nopen("loader.py", "w").write("def load():\\n    return open('d.csv').read()\\n")`,
      cells: ["import sys; sys.path.insert(0, '')\nimport loader\nt = loader.load()"],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "%%writefile",
      cells: ["%%writefile o.txt\nhello"],
      expects: { writes: ["o.txt"] },
    },
    {
      name: "a shell line that reads",
      setup: data,
      cells: ["!wc -l d.csv"],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "a shell line that writes",
      setup: data,
      cells: ["!sort d.csv > o.csv"],
      expects: { reads: ["d.csv"], writes: ["o.csv"] },
    },
    {
      name: "a shell line that changes what was read",
      setup: data,
      cells: ['t = open("d.csv").read()', "!echo 2 >> d.csv"],
      expects: { reads: [before], writes: [{ path: "d.csv", cell: 1 }] },
    },
    {
      name: "%%bash",
      setup: data,
      cells: ["%%bash\nhead -1 d.csv > o.csv"],
      expects: { reads: ["d.csv"], writes: ["o.csv"] },
    },
    {
      name: "subprocess",
      setup: data,
      cells: ['import subprocess\nsubprocess.run(["cp", "d.csv", "o.csv"], check=True)'],
      expects: { reads: ["d.csv"], writes: ["o.csv"] },
    },
    {
      name: "subprocess of Python",
      setup: data,
      cells: [
        'import subprocess, sys\nsubprocess.run([sys.executable, "-c", "import sys; open(sys.argv[2], \'w\').write(open(sys.argv[1]).read())", "d.csv", "o.csv"], check=True)',
      ],
      expects: { reads: ["d.csv"], writes: ["o.csv"] },
    },
    {
      name: "os.system",
      setup: data,
      cells: ['import os\nos.system("cat d.csv > o.csv")'],
      expects: { reads: ["d.csv"], writes: ["o.csv"] },
    },
    {
      name: "urllib, from a server here",
      setup: `${data}
import subprocess, sys, time, socket
_server = subprocess.Popen([sys.executable, "-m", "http.server", "48611", "--bind", "127.0.0.1"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
for _ in range(100):
    try: socket.create_connection(("127.0.0.1", 48611)).close(); break
    except OSError: time.sleep(.1)`,
      cells: [
        'import urllib.request\nt = urllib.request.urlopen("http://127.0.0.1:48611/d.csv").read(); _server.kill()',
      ],
      expects: { reads: [{ path: "http://127.0.0.1:48611/d.csv", has: { size: 4, kind: "address" } }] },
    },
    {
      name: "sqlite3, written",
      cells: [
        'import sqlite3\ncon = sqlite3.connect("o.db"); con.execute("create table t (a)"); con.execute("insert into t values (1)"); con.commit(); con.close()',
      ],
      expects: { writes: ["o.db"] },
    },
    {
      name: "sqlite3, read",
      setup:
        'import sqlite3\ncon = sqlite3.connect("d.db"); con.execute("create table t (a)"); con.commit(); con.close()',
      cells: [
        'import sqlite3\ncon = sqlite3.connect("d.db"); rows = con.execute("select * from t").fetchall(); con.close()',
      ],
      expects: { reads: ["d.db"] },
    },
    {
      name: "sqlite3, read through a connection of an earlier cell",
      setup:
        'import sqlite3\ncon = sqlite3.connect("d.db"); con.execute("create table t (a)"); con.commit(); con.close()',
      cells: [
        'import sqlite3\ncon = sqlite3.connect("d.db")',
        'rows = con.execute("select * from t").fetchall(); con.close()',
      ],
      expects: { reads: ["d.db", { path: "d.db", cell: 1 }] },
    },
    {
      name: "sqlite3, written through a connection of an earlier cell",
      setup:
        'import sqlite3\ncon = sqlite3.connect("d.db"); con.execute("create table t (a)"); con.commit(); con.close()',
      cells: [
        'import sqlite3\ncon = sqlite3.connect("d.db")',
        'con.execute("insert into t values (1)"); con.commit(); con.close()',
      ],
      expects: { reads: [{ path: "d.db", bytes: "after-setup" }], writes: [{ path: "d.db", cell: 1 }] },
    },
  ],
};
