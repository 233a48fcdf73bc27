/** The door contract as the pages use it: generated where the OpenAPI document says it, blocks spelled out. */

import type { components } from "./schema";

export type Tone = "info" | "warning" | "success" | "danger";
export type CellKind = "text" | "number" | "percent" | "date" | "datetime" | "money" | "person" | "status" | "grade";
export type Cell = string | number | boolean | null | undefined;

export interface TableColumn {
  key: string;
  label: string;
  kind?: CellKind;
  align?: "left" | "right" | "center" | null;
}
export type TableRow = Record<string, Cell>;

export interface TextBlock { type: "text"; markdown: string }
export interface FactsBlock { type: "facts"; title?: string | null; items: { label: string; value: Cell; kind?: CellKind | null }[] }
export interface TableBlock { type: "table"; title?: string | null; columns: TableColumn[]; rows: TableRow[]; total?: number | null }
export interface PeopleBlock {
  type: "people";
  items: { id: string; name: string; subtitle?: string | null; photoUrl?: string | null; kind?: string | null }[];
}
export interface ChartSeries { name: string; points: { x: string | number; y: number | null }[] }
export interface ChartBlock {
  type: "chart";
  chart: "line" | "bar" | "histogram" | "pie";
  title: string;
  x?: { label: string } | null;
  y?: { label: string } | null;
  series: ChartSeries[];
}
export interface FileBlock { type: "file"; name: string; url: string; mediaType?: string | null; size?: number | null }
export interface ProgressBlock { type: "progress"; runId: string; title: string }
export interface CitationsBlock {
  type: "citations";
  items: { documentId: string; title: string; page?: number | null; quote?: string | null; url?: string | null }[];
}
export interface ChoicesBlock { type: "choices"; question: string; options: { label: string; send: string }[] }
export interface ErrorsBlock { type: "errors"; title: string; items: { where: string; what: string; fix?: string | null }[] }
export interface NoticeBlock { type: "notice"; tone: Tone; text: string }

export type Block =
  | TextBlock | FactsBlock | TableBlock | PeopleBlock | ChartBlock | FileBlock
  | ProgressBlock | CitationsBlock | ChoicesBlock | ErrorsBlock | NoticeBlock;

type Schemas = components["schemas"];
export type School = Schemas["SchoolOut"];
export type Me = Schemas["Me"];
export type TokenGrant = Schemas["Tokens"];
export type DemoSignIn = Schemas["DemoSignIn"];
export type ConversationSummary = Schemas["ConversationItem"];
export type UploadedFile = Schemas["Uploaded"];
export type Notification = Schemas["Shown"];
export type NotificationPreference = Schemas["Preference"];
export type AuditEntry = Schemas["AuditItem"];
export type SandboxPhone = Schemas["Phone"];
export type SandboxMessage = Schemas["PhoneMessage"];
export type ApiKey = Schemas["KeyOut"];
export type WebhookLine = Schemas["WebhookLine"];
export type WebhookMessageLine = Schemas["WebhookMessageLine"];
export type Capability = Schemas["Capability"];
export interface MessageSample { channel: string; text: string; segments?: number; recipients?: number; cost?: number }

export interface Money { amount: number | string; currency: string }
export type ApprovalStatus = "pending" | "executed" | "declined" | "expired" | "stale" | "failed";
export interface ApprovalPreview {
  title: string;
  summary?: string | null;
  blocks?: Block[];
  included?: number | null;
  excluded?: { who: string; reason: string }[];
  messages?: MessageSample[];
  cost?: Money | null;
  warnings?: string[];
}
/** A card whose preview and result are read as the blocks they are. */
export type ApprovalCard = Omit<Schemas["ApprovalCard"], "status" | "effect" | "preview" | "result"> & {
  status: ApprovalStatus;
  effect: "write" | "send";
  preview: ApprovalPreview;
  result: { blocks: Block[] } | null;
};

export interface Page<T> { items: T[]; nextCursor?: string | null; total?: number | null }
export type Rating = "up" | "down";

export type RunStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled";
export type Run = Omit<Schemas["ShownRun"], "status" | "result"> & { status: RunStatus; result: { blocks?: Block[] } | null };
export type Channel = "sms" | "whatsapp" | "email";
export type RemarksView = Schemas["RemarksView"];
export type RemarkRow = Schemas["RemarkRow"];
export type ClassReports = Schemas["ClassReports"];
export type ReportOptions = Schemas["ReportOptions"];
