/** Report cards: how far each class is, one class's remarks and approvals, the school's options, fee holds. */

import { useParams } from "react-router";
import { useSession } from "../session/SessionContext";
import { NotForYou } from "../pages/NotFoundPage";
import "./reports.css";
import { ClassDesk } from "./ClassDesk";
import { ClassesOverview } from "./ClassesOverview";
import { Holds } from "./Holds";
import { ReportOptionsForm } from "./ReportOptionsForm";

export default function ReportsPage() {
  const { part } = useParams();
  const { can } = useSession();
  if (part === "options") return can("reports:release") ? <ReportOptionsForm /> : <NotForYou label="Report card options" />;
  if (part === "holds" || !can("reports:read")) return <Holds />;
  return part ? <ClassDesk key={part} classArm={part} /> : <ClassesOverview />;
}
