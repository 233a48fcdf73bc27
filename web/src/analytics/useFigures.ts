import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { asQuery, readFilters, type FigureFilters, type FigureQuery } from "./figureFilters";

export function useFilters(): FigureFilters {
  return readFilters(useSearchParams()[0]);
}

/** One question about figures, asked anew when a filter changes; what was shown stays until the answer is there. */
export function useFigures<T>(name: string, ask: (query: FigureQuery, signal: AbortSignal) => Promise<T>): UseQueryResult<T> {
  const filters = useFilters();
  return useQuery({
    queryKey: ["figures", name, filters],
    queryFn: ({ signal }) => ask(asQuery(filters), signal),
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
}
