/** One conversation: history from the server, the answer in flight, and the messages still waiting to be sent. */

import { useChat } from "@ai-sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { Problem, Unreachable } from "../api/problem";
import type { UploadedFile } from "../api/types";
import { fromServer, newId, userMessage, type SchoolMessage, type StoredMessage } from "./message";
import type { Outbox, QueuedMessage } from "./outbox";
import { SchoolTransport } from "./transport";
import { useOnline } from "./useOnline";

export type Loading = "loading" | "ready" | "missing" | "failed";

export interface Conversation {
  messages: SchoolMessage[];
  queued: QueuedMessage[];
  loading: Loading;
  busy: boolean;
  /** Connected to the answer in flight; false while it is being reached for again. */
  connected: boolean;
  error: Error | null;
  send: (text: string, files?: UploadedFile[]) => void;
  forget: (clientMessageId: string) => void;
  stop: () => void;
  retry: () => void;
  /** Follow the turn that an approval set going. */
  follow: () => Promise<void>;
  reload: () => Promise<void>;
}

export function useConversation(conversationId: string, isNew: boolean, outbox: Outbox): Conversation {
  const api = useApi();
  const queries = useQueryClient();
  const online = useOnline();
  const [connected, setConnected] = useState(true);
  const [loading, setLoading] = useState<Loading>(isNew ? "ready" : "loading");
  const missed = useRef(false);
  const sending = useRef<QueuedMessage | null>(null);

  const transport = useMemo(
    () => new SchoolTransport(api, { onLine: setConnected, onMissed: () => (missed.current = true) }),
    [api],
  );
  const chat = useChat<SchoolMessage>({
    id: conversationId,
    transport,
    generateId: newId,
    experimental_throttle: 40,
    onData: (part) => {
      if (part.type === "data-title") void queries.invalidateQueries({ queryKey: ["conversations"] });
    },
    onFinish: () => void queries.invalidateQueries({ queryKey: ["conversations"] }),
  });
  const { messages, setMessages, sendMessage, resumeStream, status, error, clearError } = chat;
  const stopStream = chat.stop;
  const [following, setFollowing] = useState(false);
  const busy = status === "submitted" || status === "streaming" || following;

  const all = useSyncExternalStore(outbox.subscribe, outbox.all);
  const queued = useMemo(() => all.filter((message) => message.conversationId === conversationId), [all, conversationId]);

  const load = useCallback(async (): Promise<boolean> => {
    const stored = await body(api.call.GET("/api/conversations/{conversation_id}", { params: { path: { conversation_id: conversationId } } }));
    setMessages((stored.messages as StoredMessage[]).map(fromServer));
    setLoading("ready");
    return stored.running;
  }, [api, conversationId, setMessages]);

  const follow = useCallback(async () => {
    missed.current = false;
    setFollowing(true);
    try {
      await resumeStream();
      if (missed.current) await load();
    } finally {
      setFollowing(false);
      setConnected(true);
    }
  }, [load, resumeStream]);

  const reload = useCallback(async () => {
    try {
      if (await load()) await follow();
    } catch (reason) {
      setLoading(reason instanceof Problem && reason.status === 404 ? "missing" : "failed");
    }
  }, [follow, load]);

  useEffect(() => {
    if (!isNew) void reload();
    return () => void stopStream();
    // Only the conversation itself decides what is loaded; a new one becomes an old one without loading again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [conversationId]);

  const deliver = useCallback(
    async (message: QueuedMessage) => {
      sending.current = message;
      outbox.remove(message.clientMessageId);
      missed.current = false;
      await sendMessage(userMessage(message.clientMessageId, message.text, message.files, message.typedAt));
      if (missed.current) await load().catch(() => undefined);
      setConnected(true);
    },
    [load, outbox, sendMessage],
  );

  // A message the network swallowed goes back to the queue; its id makes a second sending harmless.
  useEffect(() => {
    const message = sending.current;
    if (status !== "error" || !(error instanceof Unreachable) || !message) return;
    sending.current = null;
    setMessages((shown) => shown.filter((one) => one.id !== message.clientMessageId));
    outbox.putBack(message);
    clearError();
  }, [clearError, error, outbox, setMessages, status]);

  const next = queued[0];
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!next || busy || status === "error" || loading !== "ready") return;
    if (!online) return;
    const wait = attempt === 0 ? 0 : Math.min(15_000, 1000 * 2 ** attempt);
    const timer = setTimeout(() => {
      setAttempt((count) => count + 1);
      void deliver(next);
    }, wait);
    return () => clearTimeout(timer);
  }, [attempt, busy, deliver, loading, next, online, status]);
  useEffect(() => {
    if (status === "streaming" || !online) setAttempt(0);
  }, [online, status]);

  const send = useCallback(
    (text: string, files: UploadedFile[] = []) => {
      if (status === "error") clearError();
      outbox.add({ clientMessageId: newId(), conversationId, text, files, typedAt: new Date().toISOString() });
    },
    [clearError, conversationId, outbox, status],
  );

  const stop = useCallback(() => {
    void api.call.POST("/api/ai/chat/{conversation_id}/stop", { params: { path: { conversation_id: conversationId } } }).catch(() => stopStream());
  }, [api, conversationId, stopStream]);

  /** The same message under the same id: the server answers it once, however often it is asked. */
  const retry = useCallback(() => {
    const asked = messages.findLast((message) => message.role === "user");
    clearError();
    if (!asked) return;
    setMessages((shown) => shown.slice(0, shown.findLastIndex((one) => one.id === asked.id)));
    void sendMessage(asked);
  }, [clearError, messages, sendMessage, setMessages]);

  return {
    messages, queued, loading, busy, connected, error: error ?? null, send, stop, retry, follow, reload,
    forget: useCallback((id: string) => outbox.remove(id), [outbox]),
  };
}
