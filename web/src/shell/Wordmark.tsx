export function Wordmark() {
  return (
    <span className="wordmark">
      <Mark />
      SchoolOS
    </span>
  );
}

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="mark">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path className="mark-line" d="M9 11.5c0-2 2.2-3.5 7-3.5s7 1.5 7 3.500M9 16c0 2 3 2.600 7 3s7 1.200 7 3.200S20.500 25 16 25s-7-1-7-3" fill="none" strokeWidth="2.600" strokeLinecap="round" />
    </svg>
  );
}
