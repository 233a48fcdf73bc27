/** Where a key leads in the table of remarks. */

export type Author = "class_teacher" | "principal";
export const authors: Author[] = ["class_teacher", "principal"];

export interface Place { row: number; author: Author }
interface Key {
  key: string; shiftKey: boolean; altKey: boolean; ctrlKey: boolean; metaKey: boolean;
  currentTarget: { selectionStart: number; selectionEnd: number; value: string };
}

/** The place a key leads to; null when the key belongs to the text, or there is no place there. */
export function step(from: Place, event: Key, rows: number): Place | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const { selectionStart: start, selectionEnd: end, value } = event.currentTarget;
  const all = start === 0 && end === value.length;
  const atStart = all || (start === 0 && end === 0);
  const atEnd = all || start === value.length;
  const up = (event.key === "Enter" && event.shiftKey) || (event.key === "ArrowUp" && !event.shiftKey && atStart);
  const down = (event.key === "Enter" && !event.shiftKey) || (event.key === "ArrowDown" && !event.shiftKey && atEnd);
  if (up || down) {
    const row = from.row + (down ? 1 : -1);
    return row >= 0 && row < rows ? { row, author: from.author } : null;
  }
  if (event.shiftKey) return null;
  const column = authors.indexOf(from.author);
  const author = event.key === "ArrowLeft" && atStart ? authors[column - 1] : event.key === "ArrowRight" && atEnd ? authors[column + 1] : undefined;
  return author ? { row: from.row, author } : null;
}
