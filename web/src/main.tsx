import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import "@fontsource-variable/atkinson-hyperlegible-next/index.css";
import { ApiContext } from "./api/ApiContext";
import { ApiClient } from "./api/client";
import { Problem } from "./api/problem";
import { applyTheme, readTheme } from "./design/theme";
import "./design/portal.css";
import { ready, router } from "./routes";
import { early } from "./session/early";
import { SessionGate } from "./session/SessionGate";

applyTheme(readTheme());
const api = new ApiClient("", undefined, early);
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 3,
    },
  },
});

const root = document.getElementById("root");
if (root) {
  await ready;
  createRoot(root).render(
    <StrictMode>
      <ApiContext.Provider value={api}>
        <QueryClientProvider client={queries}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </QueryClientProvider>
      </ApiContext.Provider>
    </StrictMode>,
  );
}
