import { safeUrl } from "../blocks/safeUrl";

/** A face where there is one, initials where there is not. Decorative: the name stands beside it. */
export function Portrait({ name, photoUrl, size = "medium" }: { name: string; photoUrl?: string | null | undefined; size?: "small" | "medium" }) {
  const photo = safeUrl(photoUrl);
  if (photo) return <img className={`portrait portrait-${size}`} src={photo} alt="" loading="lazy" />;
  return <span className={`portrait portrait-${size} portrait-hue-${hue(name)}`} aria-hidden="true">{initials(name)}</span>;
}

export function initials(name: string): string {
  const words = name.replace(/\(.*?\)/g, "").split(/[\s,]+/).filter((word) => /^\p{L}/u.test(word) && !/^(mr|mrs|ms|miss|dr|chief|alhaji|hajia)\.?$/i.test(word));
  const first = words[0]?.match(/\p{L}/u)?.[0] ?? "";
  const last = words.length > 1 ? (words[words.length - 1]?.match(/\p{L}/u)?.[0] ?? "") : "";
  return (first + last).toUpperCase() || "?";
}

function hue(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % 5;
}
