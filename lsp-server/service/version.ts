declare const LOOKBACK_VERSION: string | undefined;

/** The release this is, as the root's package.json says; the build writes it in. */
export const version = typeof LOOKBACK_VERSION === "string" ? LOOKBACK_VERSION : "unbuilt";
