/** What is taught when, as a tree of terms, topics and objectives; a topic can be corrected, added, left out. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { AddTopic, TopicRow } from "./Topics";
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
        <p className="muted">Read from the school's schemes of work.{can("documents:write") && " What you correct here stays, and questions and lesson plans follow it."}</p>
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
