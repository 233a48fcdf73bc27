/** A question paper: set on a topic, edited question by question, saved as a Word file or a PDF. */

import { useMutation } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { saveFile } from "../blocks/saveFile";
import { useTitle } from "../shell/useTitle";
import { QuestionEditor } from "./QuestionEditor";
import type { Question, QuestionPaper } from "./types";
import "./documents.css";

export default function QuestionPaperPage() {
  useTitle("Question papers");
  const api = useApi();
  const [asked, setAsked] = useState({ subject: "", level: "", topic: "", count: 10, difficulty: "medium" });
  const [seed, setSeed] = useState(1);
  const [title, setTitle] = useState("");
  const [questions, setQuestions] = useState<Question[]>([]);
  const post = (path: string, json: object) => api.fetch(path, { method: "POST", body: JSON.stringify(json), headers: { "Content-Type": "application/json" } });
  const make = useMutation({
    mutationFn: async (wanted: number) => {
      const { level, ...rest } = asked;
      return (await (await post("/api/ai/generate-questions", { ...rest, ...(level ? { level } : {}), seed: wanted })).json()) as QuestionPaper;
    },
    onSuccess: (paper) => { setTitle(paper.title); setQuestions(paper.questions); setSeed(paper.seed); },
  });
  const save = useMutation({
    mutationFn: async ({ format, answers }: { format: "docx" | "pdf"; answers: boolean }) => {
      const file = await (await post(`/api/ai/question-papers/file?format=${format}&answers=${answers}`, { title, questions })).blob();
      saveFile(`${title.replace(/[/:]/g, "-")}${answers ? " with answers" : ""}.${format}`, file);
    },
  });
  const marks = questions.reduce((sum, one) => sum + one.marks, 0);
  const send = (event: FormEvent) => { event.preventDefault(); make.mutate(1); };
  return (
    <div className="page">
      <header className="page-head">
        <h1>Question papers</h1>
        <p className="muted">Set from the school's curriculum and notes, with a marking scheme. Read every question before it is used.</p>
      </header>
      <form className="panel stack" onSubmit={send} aria-label="Set a paper">
        <div className="field-row paper-asked">
          <label className="field"><span>Subject</span><input className="input" required value={asked.subject} placeholder="Mathematics" onChange={(event) => setAsked({ ...asked, subject: event.target.value })} /></label>
          <label className="field"><span>Level</span><input className="input" value={asked.level} placeholder="JSS 2" onChange={(event) => setAsked({ ...asked, level: event.target.value })} /></label>
          <label className="field"><span>Topic</span><input className="input" required minLength={2} value={asked.topic} placeholder="Simple interest" onChange={(event) => setAsked({ ...asked, topic: event.target.value })} /></label>
          <label className="field"><span>Questions</span><input className="input" type="number" min={1} max={60} value={asked.count} onChange={(event) => setAsked({ ...asked, count: Number(event.target.value) })} /></label>
          <label className="field"><span>Difficulty</span><select className="input" value={asked.difficulty} onChange={(event) => setAsked({ ...asked, difficulty: event.target.value })}><option value="easy">Easy</option><option value="medium">Medium</option><option value="hard">Hard</option></select></label>
        </div>
        <div className="details-actions">
          <button type="submit" className="button button-primary" disabled={make.isPending}>Set the paper</button>
          {questions.length > 0 && <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate(seed + 1)}>Other questions</button>}
        </div>
        {make.error && <Notice tone="danger">{sentence(make.error)}</Notice>}
      </form>
      {questions.length > 0 && (
        <>
          {make.data?.warnings.map((warning) => <Notice key={warning} tone="warning">{warning}</Notice>)}
          {make.data && make.data.basedOn.length > 0 && <p className="muted">Based on {make.data.basedOn.join(", ")}.</p>}
          <label className="field"><span>Title of the paper</span><input className="input" value={title} minLength={2} maxLength={200} onChange={(event) => setTitle(event.target.value)} /></label>
          <p className="figures" role="status">{questions.length} questions, {marks} marks</p>
          <ol className="stack">
            {questions.map((one, at) => (
              <li key={at} className="panel paper-question">
                <QuestionEditor
                  number={at + 1} question={one} onChange={(changed) => setQuestions(questions.map((other, place) => (place === at ? changed : other)))}
                  onRemove={() => setQuestions(questions.filter((_, place) => place !== at))}
                />
                {one.origin === "model" && <p className="muted">Written by a model. Check its answer.</p>}
                {one.source && <Link to={`/documents/${one.source.documentId}?page=${one.source.page ?? 1}`}>{one.source.title}{one.source.page ? `, page ${one.source.page}` : ""}</Link>}
              </li>
            ))}
          </ol>
          {save.error && <Notice tone="danger">{sentence(save.error)}</Notice>}
          <div className="details-actions">
            {([["docx", false], ["docx", true], ["pdf", false], ["pdf", true]] as const).map(([format, answers]) => (
              <button key={`${format}${answers}`} type="button" className="button" disabled={save.isPending} onClick={() => save.mutate({ format, answers })}>
                <FileDown size={16} aria-hidden="true" /> {format === "docx" ? "Word" : "PDF"}{answers ? " with answers" : ""}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
