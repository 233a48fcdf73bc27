export function Suggestions({ items, onPick, label = "You could ask next" }: { items: string[]; onPick: (text: string) => void; label?: string }) {
  if (!items?.length) return null;
  return (
    <ul className="suggestions" aria-label={label}>
      {items.map((item, index) => (
        <li key={index}>
          <button type="button" className="suggestion" onClick={() => onPick(item)}>{item}</button>
        </li>
      ))}
    </ul>
  );
}
