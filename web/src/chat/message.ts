/** The message a conversation is made of: UI message parts as the server streams and stores them. */

import type { UIMessage, UIMessageChunk } from "ai";
import type { ApprovalCard, Block, UploadedFile } from "../api/types";

export type SchoolData = {
  preview: ApprovalCard;
  note: { text: string };
  error: { text: string };
  suggestions: string[];
  title: { title: string };
  file: UploadedFile;
  decision: { approvalId: string; title: string; decision: "approve" | "decline" };
};
export interface SchoolMetadata { conversationId?: string; createdAt?: string; feedback?: "up" | "down" | null }
export type SchoolMessage = UIMessage<SchoolMetadata, SchoolData>;
export type SchoolPart = SchoolMessage["parts"][number];
export type SchoolChunk = UIMessageChunk<SchoolMetadata, SchoolData>;

export interface ToolOutput { result?: unknown; blocks?: Block[]; ms?: number }

export interface ToolCall {
  id: string; name: string; state: string; input: unknown; output: ToolOutput | null; error: string | null;
}

export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Only plain http on another machine lacks randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function userMessage(id: string, text: string, files: UploadedFile[], createdAt: string): SchoolMessage {
  const parts: SchoolPart[] = files.map((file) => ({ type: "data-file", id: file.fileId, data: file }));
  if (text) parts.push({ type: "text", text });
  return { id, role: "user", parts, metadata: { createdAt } };
}

export function messageText(message: SchoolMessage): string {
  return message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}

export function messageFiles(message: SchoolMessage): UploadedFile[] {
  return message.parts.flatMap((part) => (part.type === "data-file" ? [part.data] : []));
}

export function toolCall(part: SchoolPart): ToolCall | null {
  if (part.type !== "dynamic-tool" && !part.type.startsWith("tool-")) return null;
  const call = part as { type: string; toolName?: string; toolCallId: string; state: string; input?: unknown; output?: unknown; errorText?: string };
  return {
    id: call.toolCallId,
    name: call.toolName ?? call.type.slice("tool-".length),
    state: call.state,
    input: call.input,
    output: toolOutput(call.output),
    error: call.errorText ?? null,
  };
}

function toolOutput(output: unknown): ToolOutput | null {
  if (output === null || output === undefined) return null;
  if (typeof output === "object" && !Array.isArray(output) && ("blocks" in output || "result" in output)) return output as ToolOutput;
  return { result: output };
}

/** "find_score_sheets" reads as "Find score sheets". */
export function toolTitle(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function isEmptyAnswer(message: SchoolMessage): boolean {
  return !message.parts.some((part) => (part.type === "text" ? part.text.trim() !== "" : part.type !== "step-start"));
}

export interface StoredMessage {
  id: string; role: string; parts: SchoolPart[]; createdAt?: string; feedback?: string | { rating?: string } | null;
  metadata?: SchoolMetadata;
}

export function fromServer(stored: StoredMessage): SchoolMessage {
  const rating = typeof stored.feedback === "string" ? stored.feedback : stored.feedback?.rating;
  return {
    id: stored.id,
    role: stored.role === "user" ? "user" : "assistant",
    parts: Array.isArray(stored.parts) ? stored.parts : [],
    metadata: { ...stored.metadata, createdAt: stored.createdAt, feedback: rating === "up" || rating === "down" ? rating : null },
  };
}
