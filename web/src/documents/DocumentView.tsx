/** One document at a page, as it was read, with the cited passage lit; its file, its details and what can be done with it. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, FileDown } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { saveFile } from "../blocks/saveFile";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { DocumentDetails } from "./DocumentDetails";
import { audiences, kinds, type DocumentCard, type Passage } from "./types";

export function DocumentView({ documentId }: { documentId: string }) {
  const api = useApi();
  const { can } = useSession();
  const [place, setPlace] = useSearchParams();
  const number = (name: string) => Number(place.get(name)) || undefined;
  const passage = place.get("passage") ?? undefined;
  const query = { version: number("version"), page: number("page") ?? (passage ? undefined : 1), passage };
  const card = useQuery({
    queryKey: ["document", documentId, query],
    queryFn: ({ signal }) => body(api.call.GET("/api/ai/documents/{document}", { params: { path: { document: documentId }, query }, signal })) as Promise<DocumentCard>,
    placeholderData: keepPreviousData,
    retry: false,
  });
  useTitle(card.data?.document.title ?? "Document");
  if (card.error) return <div className="page"><h1>Document</h1><Notice tone="danger">{sentence(card.error)}</Notice><Link to="/documents">All documents</Link></div>;
  if (!card.data) return <div className="page"><h1 className="visually-hidden">Document</h1><SkeletonLines lines={8} label="Opening the document" /></div>;
  const shown = card.data;
  const turn = (page: number) => setPlace({ page: String(page), ...(query.version || !shown.current ? { version: String(shown.shownVersion) } : {}) });
  return (
    <div className="page">
      <Header card={shown} />
      {!shown.current && <Notice tone="warning" action={<Link to={`/documents/${documentId}?page=1`}>Open the newest</Link>}>This is version {shown.shownVersion}, as it was cited. A newer one has replaced it.</Notice>}
      {shown.warnings.map((warning) => <Notice key={warning} tone="warning">{warning}</Notice>)}
      {shown.document.status === "failed" && <Notice tone="danger">{shown.document.error ?? "This file could not be read."}</Notice>}
      <Sheet card={shown} onTurn={turn} />
      {can("documents:write") && <DocumentDetails document={shown.document} />}
    </div>
  );
}

function Header({ card }: { card: DocumentCard }) {
  const api = useApi();
  const format = useFormat();
  const { document } = card;
  const save = async () => saveFile(document.name, await (await api.fetch(card.fileUrl)).blob());
  const facts = [kinds[document.kind], document.level, document.subject, document.termNumber && `term ${document.termNumber}`, audiences[document.audience], `changed ${format.date(document.updatedAt)}`];
  return (
    <header className="page-head">
      <p><Link to="/documents">Documents</Link></p>
      <div className="page-head-row">
        <h1>{document.title}</h1>
        <button type="button" className="button" onClick={() => void save()}><FileDown size={16} aria-hidden="true" /> Save the file</button>
      </div>
      <p className="muted">{facts.filter(Boolean).join(" · ")}</p>
    </header>
  );
}

function Sheet({ card, onTurn }: { card: DocumentCard; onTurn: (page: number) => void }) {
  const lit = useRef<HTMLElement>(null);
  const litId = card.passagesShown.find((one) => one.lit)?.passageId;
  // In braces: scrolling gives a promise in newer browsers, and what an effect gives is called when the page is left.
  useEffect(() => { void lit.current?.scrollIntoView?.({ block: "center" }); }, [litId]);
  const page = card.shownPage ?? 1;
  const what = card.paged ? "Page" : "Part";
  return (
    <section aria-label={`${what} ${page} of ${card.lastPage}`} className="stack">
      <nav className="turn" aria-label="Pages of the document">
        <button type="button" className="button button-quiet" disabled={page <= 1} onClick={() => onTurn(page - 1)}><ChevronLeft size={16} aria-hidden="true" /> Previous</button>
        <span className="figures" aria-live="polite">{what} {page} of {card.lastPage}</span>
        <button type="button" className="button button-quiet" disabled={page >= card.lastPage} onClick={() => onTurn(page + 1)}>Next <ChevronRight size={16} aria-hidden="true" /></button>
      </nav>
      <article className="sheet">
        {card.passagesShown.length === 0 && <p className="muted">There is no text on this {what.toLowerCase()}.</p>}
        {card.passagesShown.map((one, at) => <Words key={one.passageId} passage={one} before={card.passagesShown[at - 1]} ref={one.lit ? lit : undefined} />)}
      </article>
    </section>
  );
}

function Words({ passage, before, ref }: { passage: Passage; before: Passage | undefined; ref: React.Ref<HTMLElement> | undefined }) {
  const headings = passage.path.filter((heading, depth) => before?.path[depth] !== heading || passage.path.slice(0, depth).some((one, at) => before.path[at] !== one));
  const lines = passage.text.split("\n").filter((line) => line.trim());
  return (
    <>
      {headings.map((heading) => <h2 key={heading}>{heading}</h2>)}
      <section ref={ref} className={passage.lit ? "lit" : undefined} aria-label={passage.lit ? "Cited passage" : undefined}>
        {lines.map((line, at) => <p key={at}>{passage.lit ? <mark>{line}</mark> : line}</p>)}
      </section>
    </>
  );
}
