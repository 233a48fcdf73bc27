/** Addresses come from data: only web addresses and paths of this server may become links. */
export function safeUrl(url: string | null | undefined, base = ""): string | null {
  if (!url) return null;
  try {
    const address = new URL(url, base || window.location.origin);
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
  } catch {
    return null;
  }
}
