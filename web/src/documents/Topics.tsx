/** One topic of the curriculum: shown, corrected in all that is known of it, left out; or a new one. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import type { Topic } from "./types";

function useTopicChange() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, json }: { path: string; method: string; json?: object }) =>
      api.fetch(`/api/ai/curriculum/topics${path}`, { method, ...(json ? { body: JSON.stringify(json), headers: { "Content-Type": "application/json" } } : {}) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["curriculum"] }),
  });
}

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

export function TopicRow({ topic, editable }: { topic: Topic; editable: boolean }) {
  const [editing, setEditing] = useState(false);
  const leaveOut = useTopicChange();
  if (editing) return <li className="topic"><EditTopic topic={topic} onDone={() => setEditing(false)} /></li>;
  return (
    <li className="topic">
      {leaveOut.error && <Notice tone="danger">{sentence(leaveOut.error)}</Notice>}
      <div className="topic-head">
        <span className="strong">{topic.text}</span>
        <span className="muted figures topic-code">{[topic.code, topic.week && `week ${topic.week}`].filter(Boolean).join(" · ")}</span>
        {topic.url && <Link className="button button-plain" to={topic.url}>{topic.page ? `Page ${topic.page}` : "Source"}<span className="visually-hidden"> of {topic.text}</span></Link>}
        {editable && <button type="button" className="button button-plain" onClick={() => setEditing(true)}>Edit<span className="visually-hidden"> {topic.text}</span></button>}
        {editable && <button type="button" className="button button-plain" disabled={leaveOut.isPending} onClick={() => leaveOut.mutate({ path: `/${topic.itemId}`, method: "DELETE" })}>Leave out<span className="visually-hidden"> {topic.text}</span></button>}
      </div>
      {topic.objectives.length > 0 && <ul>{topic.objectives.map((one) => <li key={one}>{one}</li>)}</ul>}
    </li>
  );
}

function EditTopic({ topic, onDone }: { topic: Topic; onDone: () => void }) {
  const [text, setText] = useState(topic.text);
  const [code, setCode] = useState(topic.code);
  const [week, setWeek] = useState(topic.week);
  const [term, setTerm] = useState(topic.termNumber.toString());
  const [objectives, setObjectives] = useState(topic.objectives.join("\n"));
  const change = useTopicChange();
  const save = (event: FormEvent) => {
    event.preventDefault();
    const json = { text: text.trim(), code: code.trim(), week: week.trim(), termNumber: Number(term), objectives: lines(objectives) };
    change.mutate({ path: `/${topic.itemId}`, method: "PATCH", json }, { onSuccess: onDone });
  };
  return (
    <form className="stack" onSubmit={save} aria-label={`Edit ${topic.text}`}>
      {change.error && <Notice tone="danger">{sentence(change.error)}</Notice>}
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed is gone: the form stands in its place */}
      <label className="field"><span>Topic</span><input className="input" autoFocus required minLength={2} maxLength={300} value={text} onChange={(event) => setText(event.target.value)} /></label>
      <div className="topic-place">
        <label className="field"><span>Term</span><input className="input" type="number" required min={1} max={6} value={term} onChange={(event) => setTerm(event.target.value)} /></label>
        <label className="field"><span>Week or weeks</span><input className="input" maxLength={20} placeholder="3-4" value={week} onChange={(event) => setWeek(event.target.value)} /></label>
        <label className="field"><span>Code</span><input className="input" maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} /></label>
      </div>
      <label className="field"><span>Objectives, one a line</span><textarea className="input" rows={Math.max(3, topic.objectives.length + 1)} value={objectives} onChange={(event) => setObjectives(event.target.value)} /></label>
      <div className="details-actions">
        <button type="submit" className="button button-primary" disabled={change.isPending}>Save</button>
        <button type="button" className="button button-quiet" onClick={onDone}>Cancel</button>
      </div>
    </form>
  );
}

export function AddTopic({ subject, level }: { subject: string; level: string }) {
  const [text, setText] = useState("");
  const [objectives, setObjectives] = useState("");
  const add = useTopicChange();
  const send = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ path: "", method: "POST", json: { subject, level, text, objectives: lines(objectives) } }, { onSuccess: () => { setText(""); setObjectives(""); } });
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
