/** The school's Slack workspaces: connect one by “Add to Slack” or by a bot token, see who is linked, disconnect. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { Notice } from "../blocks/Notice";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";

type Workspace = components["schemas"]["WorkspaceOut"];
const queryKey = ["slack-workspaces"];
const reached: Record<string, string> = {
  http: "Slack reaches this program at its public address.",
  socket: "This program holds a line open to Slack (Socket Mode).",
};

export function SlackSettings() {
  const api = useApi();
  const [params] = useSearchParams();
  const list = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/slack/workspaces", { signal })) });
  if (list.isPending) return <SkeletonLines lines={4} label="Loading the workspaces" />;
  if (list.error) return <Notice tone="danger">{sentence(list.error)}</Notice>;
  const { items, mode, canAdd } = list.data;
  return (
    <div className="stack">
      {params.get("slack") === "connected" && <Notice tone="success">The workspace is connected. Your colleagues can write to the app now; it links each of them by a code sent to their school e-mail address.</Notice>}
      <p className="muted">In Slack people see and do what their school account allows. Answers go to one person, never into a channel.</p>
      {mode === "off"
        ? <Notice tone="warning">Slack is not set up on this server yet: it needs the app's signing secret or app-level token. The guide in docs/slack.md says where they are.</Notice>
        : <p className="muted">{reached[mode]}</p>}
      {items.length === 0
        ? <EmptyState title="No workspace is connected" text="Add one below. Nobody is linked until they confirm a code sent to their e-mail address." />
        : <ul className="rows">{items.map((one) => <WorkspaceRow key={one.id} workspace={one} />)}</ul>}
      {canAdd && <AddToSlack />}
      <ByToken />
    </div>
  );
}

function WorkspaceRow({ workspace }: { workspace: Workspace }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.call.DELETE("/api/slack/workspaces/{workspace_id}", { params: { path: { workspace_id: workspace.id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const linked = workspace.members === 1 ? "1 person linked" : `${workspace.members} people linked`;
  return (
    <li className="row">
      <div className="row-words">
        <span className="row-title strong">{workspace.name} <code className="muted">{workspace.teamId}</code></span>
        <span className="muted row-text">{linked} · connected {format.date(workspace.connectedAt)}</span>
        {remove.error && <Notice tone="danger">{sentence(remove.error)}</Notice>}
      </div>
      <button type="button" className="button button-quiet" disabled={remove.isPending} onClick={() => setAsking(true)} aria-label={`Disconnect ${workspace.name}`}>Disconnect</button>
      <ConfirmDialog
        open={asking} onOpenChange={setAsking} title={`Disconnect ${workspace.name}?`}
        text="Its token is deleted and the people linked there are forgotten. What was said stays in their conversations." action="Disconnect" onConfirm={() => remove.mutate()}
      />
    </li>
  );
}

function AddToSlack() {
  const api = useApi();
  const start = useMutation({
    mutationFn: () => body(api.call.POST("/api/slack/installs", {})),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <section className="panel stack-tight" aria-label="Add to Slack">
      <h2 className="section-title">Add to Slack</h2>
      <p className="muted row-text">Slack asks you to allow the app in your workspace, then brings you back here.</p>
      {start.error && <Notice tone="danger">{sentence(start.error)}</Notice>}
      <div><button type="button" className="button button-primary" disabled={start.isPending} onClick={() => start.mutate()}>{start.isPending ? "Opening Slack…" : "Add to Slack"}</button></div>
    </section>
  );
}

function ByToken() {
  const api = useApi();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (botToken: string) => body(api.call.POST("/api/slack/workspaces", { body: { botToken } })),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form).get("botToken");
    if (typeof given === "string") add.mutate(given.trim(), { onSuccess: () => form.reset() });
  }
  return (
    <form className="panel stack-tight" onSubmit={submit} aria-label="Connect by a bot token">
      <h2 className="section-title">Connect by a bot token</h2>
      <label className="field"><span>Bot User OAuth Token</span><input className="input" name="botToken" type="password" autoComplete="off" required pattern="xoxb-\S{10,}" maxLength={300} placeholder="xoxb-…" title="It begins with xoxb-" /><span className="field-hint">In your own Slack app, under Install App. It is kept encrypted and never shown again.</span></label>
      {add.error && <Notice tone="danger">{sentence(add.error)}</Notice>}
      {add.data && <Notice tone="success">{add.data.name} is connected.</Notice>}
      <div><button type="submit" className="button button-quiet" disabled={add.isPending}>{add.isPending ? "Connecting…" : "Connect"}</button></div>
    </form>
  );
}
