/** Each guardian's phone as it would look in their hand, and a box to reply through the provider's own inbound path. */

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, NavLink, useParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { subscribe } from "../api/eventStream";
import { sentence } from "../api/problem";
import type { SandboxPhone } from "../api/types";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { Portrait } from "../design/Portrait";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useTitle } from "../shell/useTitle";
import { childNames } from "./childNames";
import { PhoneScreen } from "./PhoneScreen";
import { useSandboxPhones } from "./useSandboxPhones";

export default function PhonesPage() {
  useTitle("Sandbox phones");
  const api = useApi();
  const queries = useQueryClient();
  const { number } = useParams();
  const phones = useSandboxPhones();
  const [search, setSearch] = useState("");

  useEffect(() => subscribe(api, "/api/sandbox/stream", {
    onEvent: (_name, data) => {
      void queries.invalidateQueries({ queryKey: ["sandbox-phones"] });
      const at = data && typeof data === "object" && "number" in data ? data.number : undefined;
      void queries.invalidateQueries({ queryKey: at ? ["sandbox-messages", at] : ["sandbox-messages"] });
    },
  }), [api, queries]);

  const items = phones.data?.items ?? [];
  const wanted = search.trim().toLowerCase();
  const shown = wanted ? items.filter((phone) => `${phone.name} ${phone.number} ${childNames(phone)}`.toLowerCase().includes(wanted)) : items;
  const chosen = items.find((phone) => phone.number === number);
  return (
    <div className={number ? "phones phones-chosen" : "phones"}>
      <h1 className="visually-hidden">Sandbox phones</h1>
      <section className="phones-list" aria-label="Phones">
        <header className="page-head">
          <p className="page-title" aria-hidden="true">Sandbox phones</p>
          <p className="muted">No provider is connected, so messages arrive here instead of on real phones.</p>
        </header>
        <input className="input" type="search" placeholder="Find a guardian, child or number" aria-label="Find a phone" value={search} onChange={(event) => setSearch(event.target.value)} />
        {phones.isPending && <SkeletonLines lines={8} label="Loading the phones" />}
        {phones.error && <Notice tone="danger">{sentence(phones.error)}</Notice>}
        {phones.isSuccess && shown.length === 0 && <p className="muted list-empty">{wanted ? "No phone matches." : "No phones yet: the first message sent makes one."}</p>}
        <ul className="phone-rows">
          {shown.slice(0, 200).map((phone) => <PhoneRow key={phone.number} phone={phone} />)}
        </ul>
        {shown.length > 200 && <p className="muted list-empty">{shown.length - 200} more; search to find one.</p>}
      </section>
      <section className="phones-screen" aria-label="Phone">
        {number && <Link to="/phones" className="button button-plain phones-back"><ArrowLeft size={16} aria-hidden="true" /> All phones</Link>}
        {number ? <PhoneScreen key={number} number={number} phone={chosen} />
          : <EmptyState title="Choose a phone" text="Read what arrived on it, and reply as its owner would." />}
      </section>
    </div>
  );
}

function PhoneRow({ phone }: { phone: SandboxPhone }) {
  const format = useFormat();
  const children = childNames(phone);
  return (
    <li>
      <NavLink to={`/phones/${encodeURIComponent(phone.number)}`} className="phone-row">
        <Portrait name={phone.name} />
        <span className="phone-row-words">
          <span className="phone-row-top">
            <span className="person-name">{phone.name}</span>
            {phone.lastAt && <time className="muted" dateTime={phone.lastAt}>{format.ago(phone.lastAt)}</time>}
          </span>
          <span className="phone-row-last muted">{phone.lastText ?? (children ? `Guardian of ${children}` : phone.number)}</span>
        </span>
        {phone.unread > 0 && <span className="nav-count"><span aria-hidden="true">{phone.unread}</span><span className="visually-hidden">{phone.unread} unread</span></span>}
      </NavLink>
    </li>
  );
}
