/** Every page has an address; each page's code is loaded when it is first visited. */

import { lazy } from "react";
import { createBrowserRouter, Navigate } from "react-router";
import { AppShell } from "./shell/AppShell";
import { pages } from "./shell/pages";
import { NotFoundPage, PageFailed } from "./pages/NotFoundPage";

const loadAssistant = () => import("./pages/AssistantPage");
const AssistantPage = lazy(loadAssistant);
// The page most people open is fetched while it is found out who they are.
if (/^\/($|c\/)/.test(window.location.pathname)) void loadAssistant().catch(() => undefined);

export const router = createBrowserRouter([
  {
    element: <AppShell />,
    errorElement: <PageFailed />,
    children: [
      {
        errorElement: <PageFailed />,
        children: [
          // One page for both addresses, so that the first message of a new conversation does not start it over.
          { element: <AssistantPage />, children: [{ path: "/", element: null }, { path: "/c/:conversationId", element: null }] },
          ...pages.map(({ path, load }) => { const Page = lazy(load); return { path, element: <Page /> }; }),
          { path: "/sign-in", element: <Navigate to="/" replace /> },
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
