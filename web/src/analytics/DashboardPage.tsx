/** Who needs help, how scores spread, how attendance goes: from the school to a class, a subject, a student. Staff only. */

import { NavLink, useParams, useSearchParams } from "react-router";
import { NotFoundPage } from "../pages/NotFoundPage";
import { AttendanceFigures } from "./AttendanceFigures";
import { ClassFigures } from "./ClassFigures";
import "./dashboard.css";
import { GradeFigures } from "./GradeFigures";
import { Overview } from "./Overview";
import { StudentFigures } from "./StudentFigures";
import { StudentsFigures } from "./StudentsFigures";
import { SubjectFigures } from "./SubjectFigures";
import { readFilters, searchOf } from "./figureFilters";

const views = [
  { to: "/dashboard", label: "Overview" }, { to: "/dashboard/students", label: "Students" },
  { to: "/dashboard/attendance", label: "Attendance" }, { to: "/dashboard/grades", label: "Grades" },
];

export default function DashboardPage() {
  const search = searchOf(readFilters(useSearchParams()[0]));
  return (
    <div className="page page-figures">
      <nav className="tabs" aria-label="Dashboard">
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
  if (view === "students") return id ? <StudentFigures key={id} id={id} /> : <StudentsFigures />;
  if (view === "classes" && id) return <ClassFigures key={id} id={id} />;
  if (view === "subjects" && id) return <SubjectFigures key={id} id={id} />;
  return <NotFoundPage />;
}
