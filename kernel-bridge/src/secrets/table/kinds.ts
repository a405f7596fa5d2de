import { carriedKinds } from "./carried-kinds.ts";
import { cloudKinds } from "./cloud-kinds.ts";
import type { SecretKind } from "./secret-kind.ts";
import { serviceKinds } from "./service-kinds.ts";

/** Every kind, in no order that matters: of two that overlap the one that begins first is taken, then the longer. */
export const secretKinds: readonly SecretKind[] = [...carriedKinds, ...cloudKinds, ...serviceKinds];
