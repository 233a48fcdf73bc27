interface LeftOut { who: string; reason: string }

/** Who is left out, grouped by the reason. */
export function Excluded({ people }: { people: LeftOut[] }) {
  if (people.length === 0) return null;
  const reasons = new Map<string, string[]>();
  for (const { who, reason } of people) reasons.set(reason, [...(reasons.get(reason) ?? []), who]);
  return (
    <details className="excluded" open={people.length <= 6}>
      <summary>Left out: {people.length}</summary>
      <dl>
        {[...reasons].map(([reason, who]) => (
          <div key={reason}>
            <dt>{reason}</dt>
            <dd>{who.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
