import type { Question } from "./types";

interface Props { number: number; question: Question; onChange: (question: Question) => void; onRemove: () => void }

/** One question with its options, answer and marks. The server checks it again before it is printed. */
export function QuestionEditor({ number, question, onChange, onRemove }: Props) {
  const change = (fields: Partial<Question>) => onChange({ ...question, ...fields, origin: "edited" });
  const options = question.options ?? [];
  const reword = (at: number, text: string) =>
    change({ options: options.map((one, place) => (place === at ? text : one)), ...(options[at] === question.answer ? { answer: text } : {}) });
  const [single] = question.scheme.length === 1 ? question.scheme : [];
  return (
    <>
      <label className="field"><span>Question {number}</span><textarea className="input" rows={2} value={question.text} onChange={(event) => change({ text: event.target.value })} /></label>
      {question.kind === "multiple_choice" ? (
        <fieldset className="paper-options">
          <legend className="visually-hidden">Options of question {number}; the chosen one is right</legend>
          {options.map((option, at) => (
            <span key={at} className="paper-option">
              <input type="radio" name={`right-${number}`} aria-label={`Option ${"ABCDE"[at]} is right`} checked={option === question.answer} onChange={() => change({ answer: option })} />
              <textarea className="input" rows={1} aria-label={`Option ${"ABCDE"[at]} of question ${number}`} value={option} onChange={(event) => reword(at, event.target.value)} />
            </span>
          ))}
        </fieldset>
      ) : (
        <label className="field"><span>Answer</span><textarea className="input" rows={2} value={question.answer} onChange={(event) => change({ answer: event.target.value })} /></label>
      )}
      <div className="paper-foot">
        {question.kind !== "multiple_choice" && question.scheme.map((point, at) => (
          <span key={at} className="paper-option paper-point">
            <textarea className="input" rows={1} aria-label={`What earns marks, point ${at + 1}`} value={point.text} onChange={(event) => change({ scheme: question.scheme.map((one, place) => (place === at ? { ...one, text: event.target.value } : one)) })} />
            <input
              className="input marks" type="number" min={1} max={20} aria-label={`Marks of point ${at + 1}`} value={point.marks}
              onChange={(event) => {
                const scheme = question.scheme.map((one, place) => (place === at ? { ...one, marks: Number(event.target.value) } : one));
                change({ scheme, marks: scheme.reduce((sum, one) => sum + one.marks, 0) });
              }}
            />
          </span>
        ))}
        {question.kind === "multiple_choice" && single && (
          <label className="field marks"><span>Marks</span><input className="input" type="number" min={1} max={20} value={question.marks} onChange={(event) => change({ marks: Number(event.target.value), scheme: [{ ...single, marks: Number(event.target.value) }] })} /></label>
        )}
        <button type="button" className="button button-quiet" onClick={onRemove}>Remove<span className="visually-hidden"> question {number}</span></button>
      </div>
    </>
  );
}
