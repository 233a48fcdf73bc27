import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { SlackSettings } from "./SlackSettings";

const fetching = vi.fn<typeof fetch>();
const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json" } });
const workspace = { id: "w1", teamId: "T1", name: "Hillcrest", connectedAt: "2026-10-01T08:00:00Z", members: 2 };
const call = (input: RequestInfo | URL, init?: RequestInit) => { const request = new Request(new URL(input instanceof Request ? input.url : input, "http://x"), init ?? (input instanceof Request ? { method: input.method } : {})); return `${request.method} ${new URL(request.url).pathname}`; };
const asked = () => fetching.mock.calls.map(([input, init]) => call(input, init));

function open(list: object, address = "/settings/slack") {
  fetching.mockImplementation((input, init) => {
    const asking = call(input, init);
    if (asking.startsWith("GET")) return Promise.resolve(json(list));
    if (asking.startsWith("DELETE")) return Promise.resolve(new Response(null, { status: 204 }));
    return Promise.resolve(json(workspace, 201));
  });
  render(
    <ApiContext.Provider value={new ApiClient()}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <MemoryRouter initialEntries={[address]}><SlackSettings /></MemoryRouter>
      </QueryClientProvider>
    </ApiContext.Provider>,
  );
}

configure({ asyncUtilTimeout: 10_000 }); // a busy machine draws late
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => { fetching.mockReset(); vi.stubGlobal("fetch", fetching); });
afterEach(() => vi.unstubAllGlobals());

it("shows the workspaces and disconnects one after asking", async () => {
  open({ items: [workspace], mode: "http", canAdd: true });
  await userEvent.click(await screen.findByRole("button", { name: "Disconnect Hillcrest" }));
  expect(asked()).not.toContain("DELETE /api/slack/workspaces/w1");
  await userEvent.click(screen.getByRole("button", { name: "Disconnect" }));
  await waitFor(() => expect(asked()).toContain("DELETE /api/slack/workspaces/w1"));
  expect(screen.getByText(/2 people linked/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Add to Slack" })).toBeTruthy();
});

it("connects by a token and says what is missing on the server", async () => {
  open({ items: [], mode: "off", canAdd: false });
  expect(await screen.findByText(/not set up on this server/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Add to Slack" })).toBeNull();
  await userEvent.type(screen.getByLabelText(/Bot User OAuth Token/), "xoxb-1234567890");
  await userEvent.click(screen.getByRole("button", { name: "Connect" }));
  expect(await screen.findByText("Hillcrest is connected.")).toBeTruthy();
});

it("says so when Slack sent the browser back", async () => {
  open({ items: [workspace], mode: "http", canAdd: true }, "/settings/slack?slack=connected");
  expect(await screen.findByText(/The workspace is connected/)).toBeTruthy();
});
