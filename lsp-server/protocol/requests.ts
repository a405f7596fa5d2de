/**
 * Every method the front ends may call beyond the language server protocol itself. Its payloads stand in one file a subject.
 * Files are named as the editor names them: relative to the open folder with forward slashes, after the folder's label where
 * several are open (`folder-labels.ts`). Times ISO-8601 UTC; durations milliseconds.
 */
import type { CellRequests } from "./cells.ts";
import type { CompareRequests } from "./compare.ts";
import type { DeploymentNotifications, DeploymentRequests } from "./deployments.ts";
import type { FindingNotifications, FindingRequests } from "./findings.ts";
import type { HonestNotifications, HonestRequests } from "./honest.ts";
import type { JoinRequests } from "./joins.ts";
import type { KernelRequests } from "./kernels.ts";
import type { LineageRequests } from "./lineage.ts";
import type { MeasureRequests } from "./measure.ts";
import type { PublishNotifications, PublishRequests } from "./publish.ts";
import type { RemoteNotifications, RemoteRequests } from "./remotes.ts";
import type { ReproduceNotifications, ReproduceRequests } from "./reproduce.ts";
import type { RuleRequests } from "./rules.ts";
import type { RunNotifications, RunRequests } from "./runs.ts";
import type { StoreRequests } from "./stores.ts";

/** Requests: method → what it takes and what it answers. A failure arrives as a JSON-RPC error whose `data` is a `FailureData`. */
interface Requests
  extends KernelRequests,
    RunRequests,
    CompareRequests,
    ReproduceRequests,
    HonestRequests,
    CellRequests,
    FindingRequests,
    RuleRequests,
    MeasureRequests,
    LineageRequests,
    StoreRequests,
    RemoteRequests,
    JoinRequests,
    PublishRequests,
    DeploymentRequests {}

/** Notifications from the server. */
export interface Notifications
  extends RunNotifications,
    FindingNotifications,
    RemoteNotifications,
    ReproduceNotifications,
    HonestNotifications,
    PublishNotifications,
    DeploymentNotifications {}

export type RequestMethod = keyof Requests;
export type Params<M extends RequestMethod> = Requests[M]["params"];
export type Result<M extends RequestMethod> = Requests[M]["result"];
export type NotificationMethod = keyof Notifications;
