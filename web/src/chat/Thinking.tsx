export function Thinking() {
  return <p className="thinking"><span className="visually-hidden">Working on it</span><span aria-hidden="true" className="thinking-dots"><i /><i /><i /></span></p>;
}
