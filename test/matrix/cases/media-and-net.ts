import type { CaptureCases } from "../capture-case.ts";

const server = `open("d.csv", "w").write("a\\n1\\n")
import subprocess, sys, time, socket
_server = subprocess.Popen([sys.executable, "-m", "http.server", "48612", "--bind", "127.0.0.1"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
for _ in range(100):
    try: socket.create_connection(("127.0.0.1", 48612)).close(); break
    except OSError: time.sleep(.1)`;
const address = "http://127.0.0.1:48612/d.csv";
const sized = { path: address, has: { kind: "address", size: 4 } };

export const net: CaptureCases = {
  library: "the net",
  needs: ["requests", "httpx", "fsspec", "aiohttp", "pandas", "s3fs", "moto"],
  cases: [
    {
      name: "requests",
      setup: server,
      cells: [`import requests\nt = requests.get("${address}").text; _server.kill()`],
      expects: { reads: [sized] },
    },
    {
      name: "httpx",
      setup: server,
      cells: [`import httpx\nt = httpx.get("${address}").text; _server.kill()`],
      expects: { reads: [sized] },
    },
    {
      name: "httpx, awaited",
      setup: server,
      cells: [
        `import httpx\nasync with httpx.AsyncClient() as client: t = (await client.get("${address}")).text\n_server.kill()`,
      ],
      expects: { reads: [sized] },
    },
    {
      name: "pandas",
      setup: server,
      cells: [`import pandas as pd\nd = pd.read_csv("${address}"); _server.kill()`],
      expects: { reads: [{ path: address, has: { rows: 1, size: 4 } }] },
    },
    {
      name: "urlretrieve",
      setup: server,
      cells: [`import urllib.request\nurllib.request.urlretrieve("${address}", "o.csv"); _server.kill()`],
      expects: { reads: [sized], writes: ["o.csv"] },
    },
    {
      name: "fsspec",
      setup: server,
      cells: [`import fsspec\nwith fsspec.open("${address}") as f: t = f.read()\n_server.kill()`],
      expects: { reads: [sized] },
    },
    {
      name: "S3 through s3fs and pandas",
      setup: `import os
os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1")
from moto.server import ThreadedMotoServer
_moto = ThreadedMotoServer(port=48613); _moto.start()
import s3fs
fs = s3fs.S3FileSystem(endpoint_url="http://127.0.0.1:48613")
fs.mkdir("bucket")
with fs.open("bucket/d.csv", "w") as f: f.write("a\\n1\\n")`,
      cells: [
        'import pandas as pd\nd = pd.read_csv("s3://bucket/d.csv", storage_options={"endpoint_url": "http://127.0.0.1:48613"})',
        'with fs.open("bucket/d.csv") as f: t = f.read()\n_moto.stop()',
      ],
      expects: {
        reads: [
          { path: "s3://bucket/d.csv", has: { rows: 1 } },
          { path: "s3://bucket/d.csv", cell: 1, has: { size: 4 } },
        ],
      },
    },
  ],
};

export const media: CaptureCases = {
  library: "pictures and settings",
  needs: ["PIL", "yaml", "matplotlib", "numpy"],
  cases: [
    {
      name: "Pillow, read",
      setup: 'from PIL import Image\nImage.new("RGB", (2, 2)).save("d.png")',
      cells: ['from PIL import Image\ni = Image.open("d.png"); i.load()'],
      expects: { reads: ["d.png"] },
    },
    {
      name: "Pillow, write",
      cells: ['from PIL import Image\nImage.new("RGB", (2, 2)).save("o.jpg")'],
      expects: { writes: ["o.jpg"] },
    },
    {
      name: "matplotlib, read",
      setup: 'from PIL import Image\nImage.new("RGB", (2, 2)).save("d.png")',
      cells: ['import matplotlib.image as mi\ni = mi.imread("d.png")'],
      expects: { reads: ["d.png"] },
    },
    {
      name: "YAML",
      setup: 'open("d.yaml", "w").write("a: 1")',
      cells: ['import yaml\nc = yaml.safe_load(open("d.yaml"))\nyaml.safe_dump(c, open("o.yaml", "w"))'],
      expects: { reads: ["d.yaml"], writes: ["o.yaml"] },
    },
    {
      name: "a folder of pictures, by Pillow",
      setup:
        'import os\nfrom PIL import Image\nos.mkdir("imgs")\nfor i in range(120): Image.new("L", (2, 2), i).save(f"imgs/{i}.png")',
      cells: [
        'import glob, numpy as np\nfrom PIL import Image\nX = np.stack([np.asarray(Image.open(p)) for p in glob.glob("imgs/*.png")])',
      ],
      expects: { reads: [{ path: "imgs", has: { kind: "folder", files: 120 } }] },
    },
  ],
};
