import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import type { ReportOptions } from "../api/types";
import { Notice } from "../blocks/Notice";
import { Skeleton } from "../design/Skeleton";

/** The newest card there is, printed with options that are not saved. */
export function CardPreview({ options, version }: { options: Partial<ReportOptions>; version: string }) {
  const api = useApi();
  const [failed, setFailed] = useState("");
  const shown = useQuery({
    queryKey: ["card-preview", JSON.stringify(options), version], gcTime: 30_000, retry: false, placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await print("png", signal)).blob(),
  });
  const address = useObjectUrl(shown.data);

  function print(format: "png" | "pdf", signal?: AbortSignal): Promise<Response> {
    return api.fetch("/api/reports/preview", { method: "POST", headers: { "Content-Type": "application/json", Accept: "*/*" }, body: JSON.stringify({ options, format }), ...(signal ? { signal } : {}) });
  }

  async function open() {
    setFailed("");
    try {
      window.open(URL.createObjectURL(await (await print("pdf")).blob()), "_blank", "noopener");
    } catch (error) {
      setFailed(sentence(error));
    }
  }

  const problem = failed || (shown.error ? sentence(shown.error) : "");
  return (
    <section className="card-preview" aria-label="A real card with these options">
      <div className="card-preview-head">
        <h2 className="section-title">Live preview</h2>
        <span className="muted" role="status">{shown.isFetching ? "Printing…" : ""}</span>
        <button type="button" className="button button-plain" onClick={() => void open()}>Open as PDF</button>
      </div>
      {problem && <Notice tone="danger">{problem}</Notice>}
      {address ? <img src={address} alt="The first page of a report card as it would be printed" /> : !problem && <Skeleton className="card-preview-wait" label="Printing a card" />}
    </section>
  );
}

function useObjectUrl(content: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!content) return;
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return address;
}
