import { writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** Writes a fixed notebook beside the original, under the first name of `NAME (honest).ipynb`, `NAME (honest) 2.ipynb` that nothing has. Answers its path. Fails with `honest/not-written`. */
export async function writeCopy(original: string, bytes: Uint8Array): Promise<string> {
  const extension = extname(original);
  const name = `${basename(original, extension)} (honest)`;
  for (let number = 1; ; number++) {
    const path = join(dirname(original), `${name}${number === 1 ? "" : ` ${number}`}${extension}`);
    try {
      await writeFile(path, bytes, { flag: "wx" });
      return path;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new Failure("honest/not-written", `${path} could not be written. Nothing was.`, { cause });
    }
  }
}
