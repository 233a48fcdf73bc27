/** The widget's conversation: the portal's own, in a shadow root, with the host page's token or its own sign-in. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { Problem } from "../api/problem";
import approvalStyles from "../approvals/approval.css?inline";
import blockStyles from "../blocks/blocks.css?inline";
import conversationStyles from "../chat/conversation.css?inline";
import controlStyles from "../design/controls.css?inline";
import tokenStyles from "../design/tokens.css?inline";
import { inPixels } from "./inPixels";
import widgetStyles from "./widget.css?inline";
import { WidgetPanel, type PanelControl } from "./WidgetPanel";

export interface WidgetOptions {
  api: string;
  school: string;
  root: HTMLElement;
  shadow: ShadowRoot;
  token: () => string | null;
  renew: () => Promise<string | null>;
  close: () => void;
}

export interface MountedWidget { focus: () => void; tokenChanged: (token: string | null) => void }

export function mount({ api: base, school, root, shadow, token, renew, close }: WidgetOptions): MountedWidget {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(inPixels([tokenStyles, controlStyles, conversationStyles, blockStyles, approvalStyles, widgetStyles].join("\n")));
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];

  // On the school's own pages the portal's sign-in counts; elsewhere only the host page can renew.
  const api = base
    ? new ApiClient(base, renew)
    : new ApiClient("", async () => (await renew()) ?? (await new ApiClient().renewOnce()));
  api.setToken(token());
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: 10_000, retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 3 } },
  });
  // Asked for before there is anything to focus: done as soon as there is.
  let wanted = false;
  const focus = () => {
    const target = shadow.querySelector<HTMLElement>(".composer textarea, .sign-in-form input");
    target?.focus();
    wanted = !target;
  };
  const control: { current: PanelControl | null } = { current: null };
  createRoot(root).render(
    <ApiContext.Provider value={api}>
      <QueryClientProvider client={queries}>
        <WidgetPanel school={school} control={control} onClose={close} onReady={() => { if (wanted) focus(); }} />
      </QueryClientProvider>
    </ApiContext.Provider>,
  );
  return {
    focus,
    tokenChanged: (next) => {
      api.setToken(next);
      queries.clear();
      control.current?.start();
    },
  };
}
