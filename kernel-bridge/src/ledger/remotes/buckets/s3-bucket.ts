import type { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Bucket, Piece } from "./bucket.ts";
import { bucketFault } from "./bucket-fault.ts";

/** `s3://bucket/prefix`, and what AWS's own settings do not say of a store that is not theirs. */
export interface S3Address {
  readonly bucket: string;
  /** Without a slash at its ends; empty for the whole bucket. */
  readonly prefix: string;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly profile: string | null;
}

/** A bucket of S3, or of what speaks as it does. Credentials are found as AWS's tools find them; none is kept. */
export function s3Bucket(url: string, { bucket: Bucket, prefix, ...address }: S3Address): Bucket {
  const keyOf = (name: string) => (prefix === "" ? name : `${prefix}/${name}`);
  let opened: Promise<Opened> | undefined;
  const call = async <T>(did: string, run: (to: Opened) => Promise<T>): Promise<T> => {
    opened ??= openClient(address);
    return run(await opened).catch((cause: unknown) => {
      throw bucketFault(kindOf(cause), url, did, cause);
    });
  };
  return {
    url,
    list: (start) =>
      call("Nothing was listed.", async ({ client, sdk }) => {
        const pieces: Piece[] = [];
        let ContinuationToken: string | undefined;
        do {
          const Prefix = keyOf(start);
          const page = await client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
          for (const { Key = "", Size = 0 } of page.Contents ?? [])
            pieces.push({ name: Key.slice(keyOf("").length), size: Size });
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
        return pieces.sort((a, b) => (a.name < b.name ? -1 : 1));
      }),
    read: (name, stretch) =>
      call("Nothing was read.", async ({ client, sdk }) => {
        if (stretch?.length === 0) return Buffer.alloc(0);
        const Range = stretch && `bytes=${stretch.offset}-${stretch.offset + stretch.length - 1}`;
        try {
          const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key: keyOf(name), Range }));
          return Buffer.from((await Body?.transformToByteArray()) ?? []);
        } catch (cause) {
          if (statusOf(cause) === 404 && (cause as Error).name !== "NoSuchBucket") return null;
          if (statusOf(cause) === 416) return Buffer.alloc(0);
          throw cause;
        }
      }),
    write: (name, Body) =>
      call(`${name} was not written.`, async ({ client, sdk }) => {
        const ContentLength = Body.length;
        await client.send(new sdk.PutObjectCommand({ Bucket, Key: keyOf(name), Body, ContentLength }));
      }),
  };
}

interface Opened {
  readonly client: S3Client;
  readonly sdk: typeof import("@aws-sdk/client-s3");
}

async function openClient({
  endpoint,
  region,
  profile,
}: Omit<S3Address, "bucket" | "prefix">): Promise<Opened> {
  // Loaded when it is asked for: it is most of what a command would have to load.
  const sdk = await import("@aws-sdk/client-s3");
  const ownEndpoint = endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  const client = new sdk.S3Client({
    ...(endpoint === null ? {} : { endpoint }),
    ...(profile === null ? {} : { profile }),
    // AWS tells the region of a bucket; others do not look at it.
    ...(region !== null ? { region } : ownEndpoint === undefined ? {} : { region: "us-east-1" }),
    forcePathStyle: ownEndpoint !== undefined,
    followRegionRedirects: true,
    // Not every store that speaks S3 knows the checksums that are sent unasked.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 4,
  });
  return { client, sdk };
}

function statusOf(cause: unknown): number | undefined {
  return (cause as Partial<S3ServiceException>).$metadata?.httpStatusCode;
}

function kindOf(cause: unknown): Parameters<typeof bucketFault>[0] {
  const { name } = cause as Error;
  if (statusOf(cause) === 403 || statusOf(cause) === 401 || name === "CredentialsProviderError")
    return "denied";
  const isAnswer = statusOf(cause) !== undefined && name !== "NoSuchBucket";
  return isAnswer ? "failed" : "unreachable";
}
