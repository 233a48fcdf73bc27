/** The door contract as the pages use it. Blocks are the one vocabulary every result says itself in. */

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

export interface SignedInUser { id: string; name: string; email: string; role: string; personId?: string | null }
export interface School {
  id: string; name: string; slug: string; timeZone: string; locale: string; currency: string;
  logoUrl?: string | null; colour?: string | null;
}
export interface Me { user: SignedInUser; school: School; permissions: string[] }
export interface TokenGrant { accessToken: string; tokenType: string; expiresIn: number; user: SignedInUser; school: School }
export interface DemoSignIn { role: string; name: string; email: string; password: string }

export interface Money { amount: number | string; currency: string }
export type ApprovalStatus = "pending" | "executed" | "declined" | "expired" | "stale" | "failed";
export interface MessageSample { channel: string; text: string; segments?: number; recipients?: number; cost?: number }
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
export interface ApprovalCard {
  id: string; tool: string; title: string; status: ApprovalStatus; effect: "write" | "send";
  preview: ApprovalPreview;
  requestedBy?: { name: string; role: string } | null;
  decidedBy?: string | null;
  error?: string | null;
  door?: string | null;
  needsSecondPerson?: boolean; secondPersonHint?: string | null;
  createdAt: string; expiresAt?: string | null; conversationId?: string | null;
  result?: { blocks: Block[] } | null;
}

export interface ConversationSummary { id: string; title: string | null; updatedAt: string; door?: string | null; preview?: string | null }
export interface Page<T> { items: T[]; nextCursor?: string | null; total?: number | null }
export type Rating = "up" | "down";

export interface UploadedFile { fileId: string; name: string; size: number; mediaType: string }

export interface Notification {
  id: string; eventType: string; title: string; body: string; data: Record<string, unknown>; priority: string;
  createdAt: string; readAt: string | null;
}
export interface NotificationPreference { eventType: string; channel: string; enabled: boolean; chosen: boolean }
export type RunStatus = "queued" | "running" | "succeeded" | "failed" | "cancelled";
export interface Run {
  id: string; kind: string; title: string; status: RunStatus; done: number; total: number | null; message?: string | null;
  result?: { blocks?: Block[] } | null; error?: string | null; createdAt: string;
}
export interface AuditEntry {
  id: string; at: string; who: { name: string; role: string }; door: string; tool: string; summary: string;
  effect?: string; approvedBy?: string | null; undoable: boolean; undoneAt?: string | null; undoNote?: string | null;
}
export interface SandboxPhone {
  number: string; name: string; kind?: string | null; children?: (string | { name: string })[]; unread: number;
  lastText?: string | null; lastAt?: string | null;
}
export type Channel = "sms" | "whatsapp" | "email";
export interface SandboxMessage { id: string; direction: "in" | "out"; channel: Channel; text: string; at: string; status?: string | null; number?: string }
export interface ApiKey { id: string; name: string; scopes: string[]; prefix: string; createdAt: string; expiresAt: string | null; lastUsedAt: string | null; key?: string }
export interface Capability {
  name: string; title: string; summary: string; effect: "read" | "write" | "send"; permission: string; rest: string; says: string[];
}
