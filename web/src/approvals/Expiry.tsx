import { useEffect, useState } from "react";

/** How long the preview still holds, to the minute. */
export function Expiry({ at }: { at: string | null | undefined }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  if (!at) return null;
  const minutes = Math.ceil((new Date(at).getTime() - now) / 60_000);
  if (Number.isNaN(minutes)) return null;
  return <span className="muted figures">{expiryWords(minutes)}</span>;
}

export function expiryWords(minutes: number): string {
  if (minutes <= 0) return "Expired";
  if (minutes < 90) return `Expires in ${minutes} min`;
  if (minutes < 48 * 60) return `Expires in ${Math.round(minutes / 60)} h`;
  return `Expires in ${Math.round(minutes / 1440)} days`;
}
