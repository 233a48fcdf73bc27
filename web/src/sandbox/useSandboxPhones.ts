import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import type { Page, SandboxPhone } from "../api/types";

/** The sandbox's phones; refused where real providers are connected. */
export function useSandboxPhones() {
  const api = useApi();
  return useQuery({
    queryKey: ["sandbox-phones"],
    queryFn: ({ signal }) => api.get<Page<SandboxPhone>>("/api/sandbox/phones", signal),
    retry: false,
    refetchInterval: 60_000,
  });
}
