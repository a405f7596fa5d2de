import { createRequire, syncBuiltinESMExports } from "node:module";

const fs = createRequire(import.meta.url)("node:fs");

/**
 * From here on this process finds the disk full now and then: after some writes, so many fail, the first of them when half of its bytes
 * are written; then there is room again. For a system where no small disk can be mounted.
 */
export async function fillNowAndThen() {
  let left = Math.floor(Math.random() * 60);
  const isFull = () => {
    if (left < -Math.random() * 30) left = Math.floor(Math.random() * 60);
    return --left < 0;
  };
  const fault = () =>
    Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", errno: -28 });
  const handle = await fs.promises.open(process.execPath, "r");
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  const { write, writeFile, appendFile, sync, datasync } = prototype;
  prototype.write = async function (...call) {
    if (!isFull()) return write.apply(this, call);
    const [bytes, offset, length, position] = call;
    if (Buffer.isBuffer(bytes) && length > 1 && left === -1)
      await write.call(this, bytes, offset, length >> 1, position);
    throw fault();
  };
  for (const [name, real] of Object.entries({ writeFile, appendFile, sync, datasync }))
    prototype[name] = async function (...call) {
      if (isFull()) throw fault();
      return real.apply(this, call);
    };
  for (const name of ["writeFile", "appendFile", "mkdir", "rename"]) {
    const real = fs.promises[name];
    fs.promises[name] = async (...call) => {
      if (isFull()) throw fault();
      return real(...call);
    };
  }
  const open = fs.promises.open;
  fs.promises.open = async (path, flags, ...rest) => {
    if (/[wa]/.test(String(flags ?? "r")) && isFull()) throw fault();
    return open(path, flags, ...rest);
  };
  syncBuiltinESMExports();
}
