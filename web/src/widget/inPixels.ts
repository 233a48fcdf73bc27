/** rem follows the host page's root font size, which is not ours to trust: 1rem is 16px in the widget. */
export function inPixels(css: string): string {
  return css.replace(/(?<![\w.-])(-?\d*\.?\d+)rem\b/g, (_all, size: string) => `${Math.round(Number(size) * 1600) / 100}px`);
}
