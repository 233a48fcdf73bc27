import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { openingSuggestions } from "../chat/openingSuggestions";
import { Suggestions } from "../chat/Suggestions";
import { firstName } from "../session/firstName";

export function WidgetWelcome({ name, role, say }: { name: string; role: string; say: (text: string) => void }) {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ["capabilities"],
    queryFn: ({ signal }) => body(api.call.GET("/api/capabilities", { signal })),
    staleTime: 600_000,
  });
  return (
    <div className="welcome">
      <h3>Hello, {firstName(name)}.</h3>
      <p className="muted">What should be done? Ask in your own words.</p>
      <Suggestions items={openingSuggestions(data?.items ?? [], 3, role)} onPick={say} label="Things to ask" />
    </div>
  );
}
