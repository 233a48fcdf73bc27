/** Every page has an address; each page's code is loaded when it is first visited. */

import { lazy, type ComponentType } from "react";
import { createBrowserRouter, Navigate } from "react-router";
import { AppShell } from "./shell/AppShell";
import { pages } from "./shell/pages";
import { NotFoundPage, PageFailed, Permitted } from "./pages/NotFoundPage";

const loadAssistant = () => import("./pages/AssistantPage");
const LazyAssistant = lazy(loadAssistant);
let Assistant: ComponentType | null = null;
/**
 * The page most people open is read before anything is drawn: a placeholder that React has once shown stays for 300 ms,
 * however soon the page is there.
 */
export const ready: Promise<unknown> = /^\/($|c\/)/.test(window.location.pathname)
  ? loadAssistant().then((page) => { Assistant = page.default; }).catch(() => undefined)
  : Promise.resolve();

function AssistantPage() {
  const Page = Assistant ?? LazyAssistant;
  return <Page />;
}

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
          ...pages.map((page) => { const Page = lazy(page.load); return { path: page.path, element: <Permitted page={page}><Page /></Permitted> }; }),
          { path: "/sign-in", element: <Navigate to="/" replace /> },
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
