const doors: Record<string, string> = {
  web: "in the portal", widget: "in the widget", rest: "over the API", api: "over the API", mcp: "over MCP", slack: "in Slack",
  sms: "by SMS", whatsapp: "by WhatsApp", email: "by e-mail", cli: "on the command line", sandbox: "from a sandbox phone", jobs: "by the schedule",
};

/** The door something came through, as it reads in a sentence. */
export function doorWords(door: string | null | undefined): string {
  if (!door) return "";
  return doors[door.toLowerCase()] ?? `by ${door}`;
}
