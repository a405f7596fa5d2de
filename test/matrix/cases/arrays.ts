import type { CaptureCases } from "../capture-case.ts";

const array = "import numpy as np\na = np.arange(6.0)\n";

export const numpy: CaptureCases = {
  library: "NumPy",
  needs: ["numpy"],
  cases: [
    { name: "save", cells: [`${array}np.save("o.npy", a)`], expects: { writes: ["o.npy"] } },
    {
      name: "load",
      setup: `${array}np.save("d.npy", a)`,
      cells: ['import numpy as np\nx = np.load("d.npy")'],
      expects: { reads: ["d.npy"] },
    },
    { name: "savez", cells: [`${array}np.savez("o.npz", a=a)`], expects: { writes: ["o.npz"] } },
    {
      name: "load of an archive",
      setup: `${array}np.savez("d.npz", a=a)`,
      cells: ['import numpy as np\nx = np.load("d.npz")["a"]'],
      expects: { reads: ["d.npz"] },
    },
    {
      name: "loadtxt",
      setup: `${array}np.savetxt("d.txt", a)`,
      cells: ['import numpy as np\nx = np.loadtxt("d.txt")'],
      expects: { reads: ["d.txt"] },
    },
    {
      name: "genfromtxt",
      setup: `${array}np.savetxt("d.csv", a)`,
      cells: ['import numpy as np\nx = np.genfromtxt("d.csv", delimiter=",")'],
      expects: { reads: ["d.csv"] },
    },
    { name: "savetxt", cells: [`${array}np.savetxt("o.txt", a)`], expects: { writes: ["o.txt"] } },
    { name: "tofile", cells: [`${array}a.tofile("o.bin")`], expects: { writes: ["o.bin"] } },
    {
      name: "fromfile",
      setup: `${array}a.tofile("d.bin")`,
      cells: ['import numpy as np\nx = np.fromfile("d.bin")'],
      expects: { reads: ["d.bin"] },
    },
    {
      name: "memmap, read",
      setup: `${array}a.tofile("d.bin")`,
      cells: ['import numpy as np\nx = float(np.memmap("d.bin", mode="r").sum())'],
      expects: { reads: ["d.bin"] },
    },
    {
      name: "memmap, write",
      cells: [`${array}m = np.memmap("o.bin", mode="w+", shape=(6,)); m[:] = 1; m.flush(); del m`],
      expects: { writes: ["o.bin"] },
    },
    {
      name: "a mapped load",
      setup: `${array}np.save("d.npy", a)`,
      cells: ['import numpy as np\nx = float(np.load("d.npy", mmap_mode="r").sum())'],
      expects: { reads: ["d.npy"] },
    },
  ],
};

export const hdf5: CaptureCases = {
  library: "HDF5",
  needs: ["h5py", "tables"],
  cases: [
    {
      name: "h5py, write",
      cells: ['import h5py\nwith h5py.File("o.h5", "w") as f: f["a"] = [1, 2]'],
      expects: { writes: ["o.h5"] },
    },
    {
      name: "h5py, read",
      setup: 'import h5py\nwith h5py.File("d.h5", "w") as f: f["a"] = [1, 2]',
      cells: ['import h5py\nwith h5py.File("d.h5") as f: x = f["a"][:]'],
      expects: { reads: ["d.h5"] },
    },
    {
      name: "h5py, changed in place",
      setup: 'import h5py\nwith h5py.File("d.h5", "w") as f: f["a"] = [1, 2]',
      cells: ['import h5py\nwith h5py.File("d.h5", "r+") as f: f["b"] = f["a"][:]'],
      expects: { reads: [{ path: "d.h5", bytes: "after-setup" }], writes: ["d.h5"] },
    },
    {
      name: "tables, write",
      cells: ['import tables\nwith tables.open_file("o.h5", "w") as f: f.create_array("/", "a", [1, 2])'],
      expects: { writes: ["o.h5"] },
    },
    {
      name: "tables, read",
      setup: 'import tables\nwith tables.open_file("d.h5", "w") as f: f.create_array("/", "a", [1, 2])',
      cells: ['import tables\nwith tables.open_file("d.h5") as f: x = f.root.a[:]'],
      expects: { reads: ["d.h5"] },
    },
  ],
};
