import { useSearchParams } from "react-router";

interface TermChoice { id: string; label: string; current: boolean }

/** The term in the page's address, so that a link opens what was looked at. */
export function useTerm(): string | undefined {
  return useSearchParams()[0].get("term") ?? undefined;
}

export function TermSelect({ terms, termId }: { terms: TermChoice[]; termId: string }) {
  const [, setSearch] = useSearchParams();
  return (
    <label className="report-term">
      <span className="visually-hidden">Term</span>
      <select
        className="input" value={termId}
        onChange={(event) => {
          const chosen = terms.find((term) => term.id === event.target.value);
          setSearch(chosen && !chosen.current ? { term: chosen.id } : {}, { replace: true });
        }}
      >
        {terms.map((term) => <option key={term.id} value={term.id}>{term.label}</option>)}
      </select>
    </label>
  );
}
