import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { useLocation, useMatch, useNavigate } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { ConversationView } from "../chat/ConversationView";
import { newId } from "../chat/message";
import { openingSuggestions } from "../chat/openingSuggestions";
import { useConversationTitle } from "../chat/useConversationTitle";
import { outboxFor } from "../chat/outboxFor";
import { Suggestions } from "../chat/Suggestions";
import { useSession } from "../session/SessionContext";
import { firstName } from "../session/firstName";
import { useTitle } from "../shell/useTitle";

/** Conversations begun on this page: there is nothing to load for them yet. */
const begun = new Set<string>();

export default function AssistantPage() {
  const conversationId = useMatch("/c/:conversationId")?.params.conversationId;
  const location = useLocation();
  const navigate = useNavigate();
  const { user } = useSession();
  const userKey = user.id ?? user.name;
  const fresh = useRef({ key: "", id: "" });
  if (!conversationId && fresh.current.key !== location.key) {
    const id = newId();
    begun.add(id);
    fresh.current = { key: location.key, id };
  }
  const id = conversationId ?? fresh.current.id;
  const outbox = useMemo(() => outboxFor(userKey), [userKey]);
  const title = useConversationTitle(id);
  useTitle(conversationId ? title : "Assistant");

  const onFirstMessage = useCallback(
    (first: string) => { if (!conversationId) void navigate(`/c/${first}`, { replace: true }); },
    [conversationId, navigate],
  );
  return (
    <>
      {conversationId && <h1 className="visually-hidden">{title}</h1>}
      <ConversationView key={id} conversationId={id} isNew={begun.has(id)} outbox={outbox} welcome={(say) => <Welcome say={say} />} onFirstMessage={onFirstMessage} />
    </>
  );
}

function Welcome({ say }: { say: (text: string) => void }) {
  const api = useApi();
  const { user, school, can } = useSession();
  const { data } = useQuery({
    queryKey: ["capabilities"],
    queryFn: ({ signal }) => body(api.call.GET("/api/capabilities", { signal })),
    staleTime: 600_000,
  });
  return (
    <div className="welcome">
      <h1>{greeting(school.timeZone)}, {firstName(user.name)}.</h1>
      <p className="welcome-lead">{can("scores:write") ? "What should be done? Ask in your own words, or drop a score sheet here." : "What would you like to know? Ask in your own words."}</p>
      <Suggestions items={openingSuggestions(data?.items ?? [], 4, user.role)} onPick={say} label="Things to ask" />
    </div>
  );
}

function greeting(timeZone: string): string {
  let hour = new Date().getHours();
  try {
    hour = Number(new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone }).format());
  } catch {
    // An unknown zone: the device's own hour will do for a greeting.
  }
  return hour < 12 ? "Good morning" : hour < 17 ? "Good afternoon" : "Good evening";
}
