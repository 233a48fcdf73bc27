/** What the pages of documents, curriculum and question papers read and send. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type DocumentItem = Schemas["DocumentItem"];
export type DocumentCard = Schemas["DocumentCard"];
export type Passage = Schemas["PassageText"];
export type Topic = Schemas["TopicItem"];
export type Question = Schemas["Question"];
export type QuestionPaper = Schemas["QuestionPaper"];

export const kinds = { curriculum: "Curriculum", scheme_of_work: "Scheme of work", policy: "Policy", exam_paper: "Exam paper", notice: "Notice", other: "Other" } as const;
export const audiences = { staff: "Staff only", guardians: "Staff and guardians", public: "Everybody in the school" } as const;
