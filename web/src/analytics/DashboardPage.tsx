/** Who needs help, how scores spread, how attendance goes: from the school to a class, a subject, a student. Staff only. */

import { NavLink, useParams, useSearchParams } from "react-router";
import { useInSight } from "../design/useInSight";
import { NotFoundPage } from "../pages/NotFoundPage";
import { AttendanceFigures } from "./AttendanceFigures";
import { ClassFigures } from "./ClassFigures";
import { CourseFigures } from "./CourseFigures";
import "./dashboard.css";
import { GradeFigures } from "./GradeFigures";
import { Overview } from "./Overview";
import { StudentFigures } from "./StudentFigures";
import { StudentsFigures } from "./StudentsFigures";
import { SubjectFigures } from "./SubjectFigures";
import { readFilters, searchOf } from "./figureFilters";

const views = [
  { to: "/dashboard", label: "Overview" }, { to: "/dashboard/students", label: "Students" },
  { to: "/dashboard/attendance", label: "Attendance" }, { to: "/dashboard/grades", label: "Grades" }, { to: "/dashboard/courses", label: "Courses" },
];

export default function DashboardPage() {
  const search = searchOf(readFilters(useSearchParams()[0]));
  const list = useInSight<HTMLElement>(useParams().view ?? "");
  return (
    <div className="page page-figures">
      <nav ref={list} className="tabs" aria-label="Dashboard">
        {views.map((view) => <NavLink key={view.to} to={`${view.to}${search}`} end className="tab">{view.label}</NavLink>)}
      </nav>
      <View />
    </div>
  );
}

function View() {
  const { view, id } = useParams();
  if (!view) return <Overview />;
  if (view === "attendance" && !id) return <AttendanceFigures />;
  if (view === "grades" && !id) return <GradeFigures />;
  if (view === "courses" && !id) return <CourseFigures />;
  if (view === "students") return id ? <StudentFigures key={id} id={id} /> : <StudentsFigures />;
  if (view === "classes" && id) return <ClassFigures key={id} id={id} />;
  if (view === "subjects" && id) return <SubjectFigures key={id} id={id} />;
  return <NotFoundPage />;
}
