import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { AddDocuments } from "./AddDocuments";
import { audiences, kinds, type DocumentItem } from "./types";

export function DocumentList() {
  useTitle("Documents");
  const api = useApi();
  const { can } = useSession();
  const [wanted, setWanted] = useState("");
  const shelf = useQuery({
    queryKey: ["documents"],
    queryFn: ({ signal }) => body(api.call.GET("/api/ai/documents", { signal })) as Promise<{ documents: DocumentItem[] }>,
  });
  const documents = shelf.data?.documents ?? [];
  const words = wanted.trim().toLowerCase();
  const shown = documents.filter((one) => about(one).toLowerCase().includes(words));
  return (
    <div className="page">
      <header className="page-head">
        <h1>Documents</h1>
        <p className="muted">The assistant answers from these and names the page. Only those a document is for can read it.</p>
      </header>
      {can("documents:write") && <AddDocuments />}
      {shelf.isPending && <SkeletonLines lines={6} label="Loading documents" />}
      {shelf.error && <Notice tone="danger">{sentence(shelf.error)}</Notice>}
      {shelf.isSuccess && documents.length === 0 && <EmptyState title="There are no documents yet" text="Add a policy, a scheme of work or a past paper, and the assistant can answer from it." />}
      {documents.length > 5 && (
        <div className="filter">
          <input className="input" type="search" aria-label="Find a document" placeholder="Find a document" value={wanted} onChange={(event) => setWanted(event.target.value)} />
        </div>
      )}
      {shown.length > 0 && <ul className="rows">{shown.map((one) => <Row key={one.documentId} document={one} />)}</ul>}
      {documents.length > 0 && shown.length === 0 && <p className="muted" role="status">No document matches “{wanted}”.</p>}
    </div>
  );
}

function Row({ document }: { document: DocumentItem }) {
  const format = useFormat();
  return (
    <li>
      <Link className="row row-link" to={`/documents/${document.documentId}?page=1`}>
        <span className="row-words">
          <span className="row-title">{document.title}</span>
          <span className="muted row-text">{document.error ?? about(document)}</span>
        </span>
        {document.status !== "ready" && <StatusBadge status={document.status} />}
        <time className="muted row-time" dateTime={document.updatedAt} title={format.dateTime(document.updatedAt)}>{format.ago(document.updatedAt)}</time>
      </Link>
    </li>
  );
}

function about(one: DocumentItem): string {
  const pages = one.pages ? `${one.pages} ${one.pages === 1 ? "page" : "pages"}` : null;
  const term = one.termNumber ? `term ${one.termNumber}` : null;
  return [one.title, kinds[one.kind], one.level, one.subject, term, audiences[one.audience], pages].filter(Boolean).slice(1).join(" · ");
}
