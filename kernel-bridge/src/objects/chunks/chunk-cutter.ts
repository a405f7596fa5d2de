import { createHash } from "node:crypto";

/**
 * Cuts bytes where their content says so: equal stretches of two versions of a file give equal chunks.
 *
 * Frozen, part of the store's format: gear hash `h = (h << 1) + gear[byte]` on 32 bits, reset at each chunk; a chunk ends after the first
 * byte at or past 16 KiB for which `h >>> 16` is 0, at 256 KiB at the latest. `gear[i]` is the first four bytes, big-endian, of
 * SHA-256("lookback gear " + i). Mean length about 80 KiB on random bytes.
 */
export interface ChunkCutter {
  /** What is cut lies here: room for a window, and for a chunk that goes on behind the one before. */
  readonly memory: Buffer;
  /** Where the chunk that begins at `start` ends, of the bytes up to `end`. */
  cut(start: number, end: number): number;
}

/** The longest chunk there can be, in bytes. */
export const longestChunk = 256 * 1024;

/** Does something with a cutter whose memory holds this many bytes. Its memory belongs to another afterwards. */
export async function withCutter<T>(bytes: number, run: (cutter: ChunkCutter) => Promise<T>): Promise<T> {
  const at = idle.findIndex((cutter) => cutter.memory.length >= bytes);
  const cutter = at < 0 ? newCutter(bytes) : idle.splice(at, 1)[0]!;
  try {
    return await run(cutter);
  } finally {
    if (idle.length < mostIdle) idle.push(cutter);
  }
}

const idle: ChunkCutter[] = [];
/** As many files as are stored at once. */
const mostIdle = 16;

const shortestChunk = 16 * 1024;
/** 32 shifts push a byte out of the hash, so that it depends on the last 32 bytes only. */
const reach = 32;

const gear = Int32Array.from({ length: 256 }, (_, at) =>
  createHash("sha256").update(`lookback gear ${at}`).digest().readInt32BE(0),
);

/** `gear.wat`: four times as fast as the same loop in JavaScript. */
const code =
  "AGFzbQEAAAABCAFgA39/fwF/AwIBAAUDAQABBxACBm1lbW9yeQIAA2N1dAAACp8DAZwDAQF/AkADQCAAIAFPDQEgA0EBdCAALQAAQQJ0KAIAaiEDIABBAWohAAwACwsgA0EQdkUEQCABDwsCQANAIAFBCGogAksNASADQQF0IAEtAABBAnQoAgBqIQMgA0EQdkUEQCABQQFqDwsgA0EBdCABLQABQQJ0KAIAaiEDIANBEHZFBEAgAUECag8LIANBAXQgAS0AAkECdCgCAGohAyADQRB2RQRAIAFBA2oPCyADQQF0IAEtAANBAnQoAgBqIQMgA0EQdkUEQCABQQRqDwsgA0EBdCABLQAEQQJ0KAIAaiEDIANBEHZFBEAgAUEFag8LIANBAXQgAS0ABUECdCgCAGohAyADQRB2RQRAIAFBBmoPCyADQQF0IAEtAAZBAnQoAgBqIQMgA0EQdkUEQCABQQdqDwsgA0EBdCABLQAHQQJ0KAIAaiEDIANBEHZFBEAgAUEIag8LIAFBCGohAQwACwsCQANAIAEgAk8NASADQQF0IAEtAABBAnQoAgBqIQMgA0EQdkUEQCABQQFqDwsgAUEBaiEBDAALCyACCw==";

/** What is used of the engine's own types, which come with those of a page only. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
      readonly cut: (from: number, at: number, last: number) => number;
    };
  };
}

function newCutter(bytes: number): ChunkCutter {
  const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
  const { memory, cut } = new Instance(new Module(Buffer.from(code, "base64"))).exports;
  const base = gear.byteLength;
  memory.grow(Math.ceil((base + bytes) / 65_536));
  new Int32Array(memory.buffer, 0, gear.length).set(gear);
  return {
    memory: Buffer.from(memory.buffer, base),
    cut(start, end) {
      const last = Math.min(start + longestChunk, end);
      const at = Math.min(start + shortestChunk, last);
      return cut(base + Math.max(start, at - reach), base + at, base + last) - base;
    },
  };
}
