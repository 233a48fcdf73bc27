import { Link } from "react-router";
import { RiskBadge } from "./RiskBadge";

interface Props { to: string; name: string; place?: string; level: string; score: number; reasons: string; recommendation: string }

/** One student who may need help: how much, why, and what to do. */
export function RiskRow({ to, name, place, level, score, reasons, recommendation }: Props) {
  return (
    <li className="row row-stack risk-row">
      <span className="row-words">
        <span className="row-title"><Link to={to}>{name}</Link>{place && <span className="muted"> · {place}</span>}</span>
        <span className="row-text">{reasons}</span>
        <span className="row-text muted">{recommendation}</span>
      </span>
      <RiskBadge level={level} score={score} />
    </li>
  );
}
