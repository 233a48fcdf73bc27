import { SquarePen, X } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { Unreachable } from "../api/problem";
import type { Me } from "../api/types";
import { Notice } from "../blocks/Notice";
import { ConversationView } from "../chat/ConversationView";
import { newId } from "../chat/message";
import { Outbox } from "../chat/outbox";
import { SkeletonLines } from "../design/Skeleton";
import { FormatProvider } from "../design/format";
import { SignInForm } from "../session/SignInForm";
import { WidgetWelcome } from "./WidgetWelcome";

export interface PanelControl { start: () => void }

type State = { at: "starting" } | { at: "out" } | { at: "unreachable" } | { at: "in"; me: Me };

interface PanelProps { school: string; control: { current: PanelControl | null }; onClose: () => void; onReady: () => void }

export function WidgetPanel({ school, control, onClose, onReady }: PanelProps) {
  const api = useApi();
  const [state, setState] = useState<State>({ at: "starting" });
  const [talk, setTalk] = useState<{ id: string; isNew: boolean } | null>(null);

  const start = useCallback(async () => {
    try {
      if (!(await api.currentToken())) return setState({ at: "out" });
      const me = await body(api.call.GET("/api/me"));
      setTalk(lastTalk(me.user.id ?? me.user.name));
      setState({ at: "in", me });
    } catch (error) {
      setState(error instanceof Unreachable ? { at: "unreachable" } : { at: "out" });
    }
  }, [api]);
  useEffect(() => {
    control.current = { start: () => void start() };
    api.onSignedOut = () => setState({ at: "out" });
    void start();
  }, [api, control, start]);
  useEffect(() => {
    if (state.at !== "starting") onReady();
    // Ready anew with each state, not with each render of the parent.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state.at]);

  const userId = state.at === "in" ? (state.me.user.id ?? state.me.user.name) : "";
  const outbox = useMemo(() => new Outbox(`widget.${userId}`), [userId]);
  const onFirstMessage = useCallback((id: string) => keepTalk(userId, id), [userId]);
  return (
    <div className="widget">
      <header className="widget-head">
        <h2>{state.at === "in" ? state.me.school.name : "School assistant"}</h2>
        {state.at === "in" && (
          <button type="button" className="icon-button" aria-label="New conversation" title="New conversation" onClick={() => setTalk({ id: newId(), isNew: true })}>
            <SquarePen size={18} aria-hidden="true" />
          </button>
        )}
        <button type="button" className="icon-button" aria-label="Close" title="Close" onClick={onClose}><X size={20} aria-hidden="true" /></button>
      </header>
      <div className="widget-body">
        {state.at === "starting" && <div className="widget-pad"><SkeletonLines lines={5} label="Starting" /></div>}
        {state.at === "unreachable" && (
          <div className="widget-pad">
            <Notice tone="warning" action={<button type="button" className="button button-quiet" onClick={() => void start()}>Try again</button>}>The school cannot be reached just now.</Notice>
          </div>
        )}
        {state.at === "out" && (
          <div className="widget-pad widget-sign-in">
            <h3>Sign in to the school</h3>
            <SignInForm school={school || undefined} onSignedIn={start} />
          </div>
        )}
        {state.at === "in" && talk && (
          <FormatProvider school={state.me.school}>
            <ConversationView
              key={talk.id} conversationId={talk.id} isNew={talk.isNew} outbox={outbox} onFirstMessage={onFirstMessage}
              welcome={(say) => <WidgetWelcome name={state.me.user.name} role={state.me.user.role} say={say} />}
            />
          </FormatProvider>
        )}
      </div>
    </div>
  );
}

const keyOf = (userId: string) => `schoolos.widget.talk.${userId}`;

/** The conversation goes on from page to page of the host's site, as long as the tab is open. */
function lastTalk(userId: string): { id: string; isNew: boolean } {
  try {
    const id = sessionStorage.getItem(keyOf(userId));
    if (id) return { id, isNew: false };
  } catch {
    // Storage is closed to us here: every page begins a new conversation.
  }
  return { id: newId(), isNew: true };
}

function keepTalk(userId: string, id: string): void {
  try {
    sessionStorage.setItem(keyOf(userId), id);
  } catch {
    // See lastTalk.
  }
}
