import type { Schema } from "@lookback/language/features/files/schema.ts";
import { schemaOfFile } from "@lookback/language/features/files/schema-of-file.ts";
import { openRegular } from "./open-regular.ts";

/** The schema of a data file on this machine. Rejects when it cannot be read or is neither Parquet nor CSV. */
export async function readSchema(path: string): Promise<Schema> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    return await schemaOfFile(path, size, async (start, end) => {
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}
