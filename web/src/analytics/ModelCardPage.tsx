/** The early warning model's card: what is used, how good it was on a later session, whom its errors fall on, its limits. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import type { ChartBlock, FactsBlock, TableBlock } from "../api/types";
import ChartBlockView from "../blocks/ChartBlock";
import { FactsBlockView } from "../blocks/FactsBlock";
import { Notice } from "../blocks/Notice";
import { TableBlockView } from "../blocks/TableBlock";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useTitle } from "../shell/useTitle";
import { cardBlocks } from "./cardBlocks";

type ModelCard = components["schemas"]["ModelCard"];

export default function ModelCardPage() {
  useTitle("Early warning model");
  const api = useApi();
  const [version, setVersion] = useState<number | null>(null);
  const versions = useQuery({
    queryKey: ["analytics", "models"],
    queryFn: ({ signal }) => body(api.call.GET("/api/analytics/ml/models", { signal })),
  });
  const card = useQuery({
    queryKey: ["analytics", "card", version],
    queryFn: ({ signal }) => body(api.call.GET("/api/analytics/ml/card", { params: { query: version === null ? {} : { version } }, signal })),
  });
  const listed = versions.data?.versions ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <h1>Early warning model</h1>
        <p className="muted">What the risk shown to staff rests on, and how often it is wrong. For staff only.</p>
      </header>
      {listed.length > 0 && (
        <label className="field">
          <span>Version</span>
          <select value={version ?? versions.data?.serving ?? 0} onChange={(event) => setVersion(Number(event.target.value))}>
            <option value={0}>The rule</option>
            {listed.map((each) => <option key={each.version} value={each.version}>Version {each.version} ({each.state})</option>)}
          </select>
        </label>
      )}
      {card.isPending && <SkeletonLines lines={8} label="Loading the model card" />}
      {card.error && <Notice tone="danger">{sentence(card.error)}</Notice>}
      {card.data && <Card card={card.data} />}
    </div>
  );
}

function Card({ card }: { card: ModelCard }) {
  const format = useFormat();
  const shown = card.card;
  if (!shown) return <Notice tone="info">{card.told}</Notice>;
  const blocks: (FactsBlock | TableBlock | ChartBlock)[] = cardBlocks(shown, card.drift ?? null);
  return (
    <div className="blocks">
      <Notice tone={card.state === "serving" ? "success" : "info"}>{card.told}</Notice>
      <p>{shown.outcome}</p>
      {card.trainedAt && <p className="muted">Trained {format.dateTime(card.trainedAt)} with {shown.software}, SHA-256 {card.sha256.slice(0, 12)}…</p>}
      {blocks.map((block) => {
        if (block.type === "facts") return <FactsBlockView key={block.title} block={block} />;
        if (block.type === "table") return <TableBlockView key={block.title} block={block} />;
        return <ChartBlockView key={block.title} block={block} />;
      })}
      <section className="block">
        <h2 className="block-title">Limits</h2>
        <ul>{shown.limits.map((limit) => <li key={limit}>{limit}</li>)}</ul>
        <p className="muted">Never used: {shown.neverUsed.join(", ")}.</p>
      </section>
    </div>
  );
}
