import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { gitObject } from "../../git/git-object.ts";
import { packEntry, packOf } from "../../git/pack-bytes.ts";
import { arrivedPack } from "./chain-pieces.ts";

const blob = gitObject("blob", Buffer.from("as recorded"));
const other = gitObject("blob", Buffer.from("something else"));
const taken =
  ({ pack, index }: ReturnType<typeof packOf>) =>
  () =>
    arrivedPack("p.pack", pack, index);
const damaged = expect.objectContaining({ code: "remotes/damaged" });

it("takes a pack whose objects are what their names say", async () => {
  const pack = packOf([await packEntry(blob), await packEntry(other)]);
  expect(taken(pack)()).toEqual(pack);
});

it("takes none with an object of other bytes under the name of one that may be here, however whole it is", async () => {
  const { bytes } = await packEntry(other);
  expect(taken(packOf([await packEntry(blob), { oid: other.oid.replace(/^./, "f"), bytes }]))).toThrow(
    damaged,
  );
  expect(taken(packOf([{ oid: blob.oid, bytes }]))).toThrow(damaged);
});

it("takes none with an object that makes up more than it says, or a change of another", () => {
  const bomb = Buffer.concat([Buffer.from([0x31]), deflateSync(Buffer.alloc(64 << 20))]);
  expect(taken(packOf([{ oid: blob.oid, bytes: bomb }]))).toThrow(damaged);
  const delta = Buffer.concat([Buffer.from([0x71]), Buffer.alloc(20), deflateSync(Buffer.from("x"))]);
  expect(taken(packOf([{ oid: blob.oid, bytes: delta }]))).toThrow(damaged);
});
