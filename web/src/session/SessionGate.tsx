/** Nobody sees a page before it is known who they are; a reload signs in again by the refresh cookie. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { Unreachable } from "../api/problem";
import type { Me } from "../api/types";
import { FormatProvider } from "../design/format";
import { SessionContext, type Session } from "./SessionContext";
import { SignInPage } from "./SignInPage";

type State = { at: "starting" } | { at: "out"; ended?: boolean } | { at: "in"; me: Me } | { at: "unreachable" };

export function SessionGate({ children }: { children: ReactNode }) {
  const api = useApi();
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ at: "starting" });

  const refresh = useCallback(async () => setState({ at: "in", me: await body(api.call.GET("/api/me")) }), [api]);
  const enter = useCallback(async () => {
    const me = api.takeMe();
    if (me) setState({ at: "in", me });
    else await refresh();
  }, [api, refresh]);
  const start = useCallback(async () => {
    setState({ at: "starting" });
    try {
      if (await api.currentToken()) await enter();
      else setState({ at: "out" });
    } catch (error) {
      setState(error instanceof Unreachable ? { at: "unreachable" } : { at: "out" });
    }
  }, [api, enter]);

  useEffect(() => {
    api.onSignedOut = () => setState((now) => (now.at === "in" ? { at: "out", ended: true } : now));
    void start();
    return () => { api.onSignedOut = null; };
  }, [api, start]);

  const session = useMemo<Session | null>(() => {
    if (state.at !== "in") return null;
    const permissions = new Set(state.me.permissions);
    return {
      ...state.me,
      refresh,
      can: (permission) => permissions.has(permission),
      signOut: async () => {
        await api.signOut();
        queries.clear();
        setState({ at: "out" });
      },
    };
  }, [api, queries, refresh, state]);

  if (session) {
    return (
      <SessionContext.Provider value={session}>
        <FormatProvider school={session.school}>{children}</FormatProvider>
      </SessionContext.Provider>
    );
  }
  if (state.at === "starting") return <div className="starting" role="status" aria-label="Starting" />;
  if (state.at === "unreachable") {
    return (
      <main className="empty-state starting-failed">
        <h1>The school cannot be reached</h1>
        <p className="muted">Check the connection; nothing you wrote is lost.</p>
        <button type="button" className="button button-primary" onClick={() => void start()}>Try again</button>
      </main>
    );
  }
  return <SignInPage ended={state.at === "out" && state.ended === true} onSignedIn={enter} />;
}
