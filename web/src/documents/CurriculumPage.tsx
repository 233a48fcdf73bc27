/** What is taught when, as a tree of terms, topics and objectives; a topic can be corrected, added, left out. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import type { DocumentItem, Topic } from "./types";
import "./documents.css";

export default function CurriculumPage() {
  useTitle("Curriculum");
  const api = useApi();
  const { can } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const [level, setLevel] = useState("");
  const shelf = useQuery({
    queryKey: ["documents"],
    queryFn: ({ signal }) => body(api.call.GET("/api/ai/documents", { signal })) as Promise<{ documents: DocumentItem[] }>,
  });
  const subjects = [...new Set((shelf.data?.documents ?? []).filter((one) => one.kind === "curriculum" || one.kind === "scheme_of_work").map((one) => one.subject).filter((name) => name !== null))].sort();
  const subject = chosen ?? subjects[0] ?? "";
  const tree = useQuery({
    queryKey: ["curriculum", subject],
    enabled: subject !== "",
    queryFn: ({ signal }) => body(api.call.GET("/api/ai/curriculum", { params: { query: { subject } }, signal })) as Promise<{ topics: Topic[] }>,
  });
  const topics = tree.data?.topics ?? [];
  const levels = [...new Set(topics.map((one) => one.level))];
  const shown = levels.includes(level) ? level : (levels[0] ?? "");
  const terms = [...new Set(topics.filter((one) => one.level === shown).map((one) => one.termNumber))];
  const failed = shelf.error ?? tree.error;
  return (
    <div className="page">
      <header className="page-head">
        <h1>Curriculum</h1>
        <p className="muted">Read from the school's schemes of work. What you correct here stays, and questions and lesson plans follow it.</p>
      </header>
      {failed && <Notice tone="danger">{sentence(failed)}</Notice>}
      {subjects.length > 0 && (
        <div className="filter">
          <select className="input" aria-label="Subject" value={subject} onChange={(event) => setChosen(event.target.value)}>{subjects.map((one) => <option key={one}>{one}</option>)}</select>
          <select className="input" aria-label="Level" value={shown} onChange={(event) => setLevel(event.target.value)}>{levels.map((one) => <option key={one}>{one}</option>)}</select>
        </div>
      )}
      {(shelf.isPending || tree.isLoading) && <SkeletonLines lines={8} label="Loading the curriculum" />}
      {shelf.isSuccess && subjects.length === 0 && <EmptyState title="There is no curriculum yet" text="Add a curriculum or a scheme of work with its subject under Documents." action={<Link className="button" to="/documents">Documents</Link>} />}
      {tree.isSuccess && topics.length === 0 && <EmptyState title={`No topics were found for ${subject}`} text="Its documents have no table or list of topics that could be read." />}
      <div className="topics">
        {terms.map((term) => (
          <section key={term} className="stack-tight">
            <h2 className="section-title">Term {term}</h2>
            <ul className="rows">
              {topics.filter((one) => one.level === shown && one.termNumber === term).map((one) => <TopicRow key={one.itemId} topic={one} editable={can("documents:write")} />)}
            </ul>
          </section>
        ))}
      </div>
      {can("documents:write") && shown && <AddTopic subject={subject} level={shown} />}
    </div>
  );
}

function useTopicChange() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, json }: { path: string; method: string; json?: object }) =>
      api.fetch(`/api/ai/curriculum/topics${path}`, { method, ...(json ? { body: JSON.stringify(json), headers: { "Content-Type": "application/json" } } : {}) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["curriculum"] }),
  });
}

function TopicRow({ topic, editable }: { topic: Topic; editable: boolean }) {
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState(topic.text);
  const change = useTopicChange();
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ path: `/${topic.itemId}`, method: "PATCH", json: { text } }, { onSuccess: () => setEditing(false) });
  };
  return (
    <li className="topic">
      {change.error && <Notice tone="danger">{sentence(change.error)}</Notice>}
      {editing ? (
        <form className="question-option" onSubmit={save}>
          <input className="input" aria-label={`Words of ${topic.text}`} minLength={2} maxLength={300} required value={text} onChange={(event) => setText(event.target.value)} />
          <button type="submit" className="button button-primary" disabled={change.isPending}>Save</button>
          <button type="button" className="button button-quiet" onClick={() => setEditing(false)}>Cancel</button>
        </form>
      ) : (
        <div className="topic-head">
          <span className="strong">{topic.text}</span>
          <span className="muted figures topic-code">{[topic.code, topic.week && `week ${topic.week}`].filter(Boolean).join(" · ")}</span>
          {topic.url && <Link className="button button-plain" to={topic.url}>{topic.page ? `Page ${topic.page}` : "Source"}<span className="visually-hidden"> of {topic.text}</span></Link>}
          {editable && <button type="button" className="button button-plain" onClick={() => setEditing(true)}>Edit<span className="visually-hidden"> {topic.text}</span></button>}
          {editable && <button type="button" className="button button-plain" disabled={change.isPending} onClick={() => change.mutate({ path: `/${topic.itemId}`, method: "DELETE" })}>Leave out<span className="visually-hidden"> {topic.text}</span></button>}
        </div>
      )}
      {topic.objectives.length > 0 && <ul>{topic.objectives.map((one) => <li key={one}>{one}</li>)}</ul>}
    </li>
  );
}

function AddTopic({ subject, level }: { subject: string; level: string }) {
  const [text, setText] = useState("");
  const [objectives, setObjectives] = useState("");
  const add = useTopicChange();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const lines = objectives.split("\n").map((line) => line.trim()).filter(Boolean);
    add.mutate({ path: "", method: "POST", json: { subject, level, text, objectives: lines } }, { onSuccess: () => { setText(""); setObjectives(""); } });
  };
  return (
    <form className="panel stack" onSubmit={send} aria-label="Add a topic">
      <h2 className="section-title">Add a topic to {level} {subject}, this term</h2>
      {add.error && <Notice tone="danger">{sentence(add.error)}</Notice>}
      <label className="field"><span>Topic</span><input className="input" required minLength={2} maxLength={300} value={text} onChange={(event) => setText(event.target.value)} /></label>
      <label className="field"><span>Objectives, one a line</span><textarea className="input" rows={3} value={objectives} onChange={(event) => setObjectives(event.target.value)} /></label>
      <div className="details-actions"><button type="submit" className="button button-primary" disabled={add.isPending}>Add the topic</button></div>
    </form>
  );
}
