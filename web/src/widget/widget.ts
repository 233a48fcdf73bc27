/**
 * The launcher: <script src="…/widget.js" data-school="…"> puts a button on any page.
 * Everything lives in its own shadow root; the conversation itself is loaded when first needed.
 * No inline style, no eval, no HTML strings: it runs under a strict Content-Security-Policy.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || document.querySelector("schoolos-widget")) return;

  type App = typeof import("./app");
  type TokenSource = () => Promise<string | null> | string | null;
  const server = new URL(script.src).origin;
  const options = {
    api: server === location.origin ? "" : server,
    school: script.dataset.school ?? "",
    label: script.dataset.label ?? "Ask the school",
    theme: script.dataset.theme ?? "",
  };
  let token: string | null = script.dataset.token ?? null;
  let tokenSource: TokenSource | null = null;
  let mounted: ReturnType<App["mount"]> | null = null;

  const host = document.createElement("schoolos-widget");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    /* Important, because a host page's own "* { … !important }" would reach this element and be inherited. */
    :host { all: initial !important; position: fixed !important; right: 20px !important; bottom: 20px !important; z-index: 2147483000 !important; color-scheme: light dark !important; }
    :host([data-theme="light"]) { color-scheme: light !important; }
    :host([data-theme="dark"]) { color-scheme: dark !important; }
    .launcher { display: inline-flex; align-items: center; gap: 10px; min-height: 52px; padding: 0 20px 0 16px; border: 0; border-radius: 26px; cursor: pointer;
      background: light-dark(#0d5c4f, #7fd1bd); color: light-dark(#fff, #06241d); font: 600 16px/1.2 system-ui, sans-serif; box-shadow: 0 6px 24px rgb(10 25 20 / 28%); }
    .launcher:hover { background: light-dark(#094639, #a3e2d2); }
    .launcher:focus-visible { outline: 3px solid light-dark(#0d5c4f, #7fd1bd); outline-offset: 3px; }
    .launcher svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .panel { display: none; position: fixed; right: 20px; bottom: 20px; width: min(420px, calc(100vw - 40px)); height: min(680px, calc(100vh - 40px)); border-radius: 18px; overflow: clip;
      background: light-dark(#fdfcfa, #151b19); box-shadow: 0 4px 12px rgb(10 25 20 / 14%), 0 20px 60px rgb(10 25 20 / 30%); outline: 1px solid light-dark(#dbd7cd, #333d39); }
    :host([data-open]) .panel { display: block; }
    :host([data-open]) .launcher { visibility: hidden; }
    .app { height: 100%; }
    @media (max-width: 480px) { .panel { inset: 0; width: auto; height: auto; border-radius: 0; } }
    @media print { :host { display: none !important; } }
  `);
  shadow.adoptedStyleSheets = [sheet];
  if (options.theme) host.dataset.theme = options.theme;

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.className = "launcher";
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");
  launcher.append(bubble(), options.label);
  const panel = document.createElement("div");
  panel.className = "panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", options.label);
  const app = document.createElement("div");
  app.className = "app";
  panel.append(app);
  shadow.append(launcher, panel);

  let loading: Promise<App> | null = null;
  // The name is put in by the build (vite.widget.ts); the address is this script's own.
  const address = new URL("__WIDGET_APP__", script.src).href;
  const load = () => (loading ??= import(/* @vite-ignore */ address) as Promise<App>);

  async function open(given?: { token?: string }): Promise<void> {
    if (given?.token) setToken(given.token);
    host.toggleAttribute("data-open", true);
    launcher.setAttribute("aria-expanded", "true");
    const { mount } = await load();
    mounted ??= mount({
      ...options, root: app, shadow, token: () => token,
      renew: async () => (tokenSource ? (token = await tokenSource()) : null),
      close,
    });
    mounted.focus();
  }

  function close(): void {
    host.toggleAttribute("data-open", false);
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  function setToken(next: string | null): void {
    token = next;
    mounted?.tokenChanged(next);
  }

  launcher.addEventListener("click", () => void open());
  launcher.addEventListener("pointerenter", () => void load(), { once: true });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) close(); });
  // Only the page itself may hand over a token: not a frame in it, nor the page that frames it.
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.source !== window || event.origin !== location.origin) return;
    const data = event.data as { type?: unknown; token?: unknown } | null;
    if (data?.type === "schoolos:token" && typeof data.token === "string") setToken(data.token);
    if (data?.type === "schoolos:open") void open();
  });
  (window as unknown as Record<string, unknown>).SchoolOS = {
    open: (given?: { token?: string }) => void open(given),
    close,
    setToken,
    /** Called whenever a fresh token is needed: `SchoolOS.tokenFrom(() => fetch("/my-token").then(r => r.text()))`. */
    tokenFrom: (source: TokenSource) => { tokenSource = source; },
  };

  const place = () => document.body.append(host);
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place, { once: true });
  // Loaded while the page rests, so that it opens at once; a page that saves data loads it on demand.
  const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (!saves) (window.requestIdleCallback ?? ((later: () => void) => setTimeout(later, 1500)))(() => void load().catch(() => (loading = null)));

  function bubble(): SVGSVGElement {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M21 12a8 8 0 0 1-8 8H4l1.500-3.500A8 8 0 1 1 21 12zM9 11h7M9 14.500h4");
    svg.append(path);
    return svg;
  }
})();
