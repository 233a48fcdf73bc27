import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";

/** The sandbox's phones; refused where real providers are connected. */
export function useSandboxPhones(enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: ["sandbox-phones"],
    queryFn: ({ signal }) => body(api.call.GET("/api/sandbox/phones", { signal })),
    enabled,
    retry: false,
    refetchInterval: 60_000,
  });
}
