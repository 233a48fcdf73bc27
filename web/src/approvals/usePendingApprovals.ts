import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { cards } from "./cards";

export function usePendingApprovals() {
  const api = useApi();
  return useQuery({
    queryKey: ["approvals", "pending"],
    queryFn: ({ signal }) => cards(api.call.GET("/api/approvals", { params: { query: { status: "pending" } }, signal })),
    refetchInterval: 30_000,
  });
}
