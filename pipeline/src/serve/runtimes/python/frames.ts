/** What goes to a worker and comes from one: eight bytes of length, then that many bytes. */
export function frame(body: Uint8Array | string): readonly Uint8Array[] {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const head = Buffer.alloc(HEAD);
  head.writeBigUInt64BE(BigInt(bytes.length));
  return [head, bytes];
}

/** Takes the pieces of a stream as they come, and tells of each frame that is whole. Answers false from the first on that no worker of ours would send. */
export function frameReader(onFrame: (body: Buffer) => void): (piece: Buffer) => boolean {
  let held: Buffer[] = [];
  let size = 0;
  let needed = HEAD;
  let inBody = false;
  const take = (): Buffer => {
    const all = held.length === 1 ? held[0]! : Buffer.concat(held, size);
    const rest = all.subarray(needed);
    held = rest.length === 0 ? [] : [rest];
    size = rest.length;
    return all.subarray(0, needed);
  };
  return (piece) => {
    held.push(piece);
    size += piece.length;
    while (size >= needed) {
      const taken = take();
      if (inBody) {
        onFrame(taken);
        needed = HEAD;
      } else {
        const length = taken.readBigUInt64BE();
        if (length > LONGEST) return false;
        needed = Number(length);
      }
      inBody = !inBody;
    }
    return true;
  };
}

const HEAD = 8;
/** Ten thousand rows of a thousand answers are less. */
const LONGEST = 1n << 30n;
