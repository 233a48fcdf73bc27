import type { ReactNode } from "react";
import { Link } from "react-router";

export interface Tile { label: string; value: string; note?: ReactNode; to?: string }

export function FigureTiles({ tiles }: { tiles: Tile[] }) {
  return (
    <dl className="tiles">
      {tiles.map((tile) => (
        <div key={tile.label} className="tile">
          <dt>{tile.label}</dt>
          <dd>{tile.to ? <Link to={tile.to}>{tile.value}</Link> : tile.value}</dd>
          {tile.note && <dd className="tile-note muted">{tile.note}</dd>}
        </div>
      ))}
    </dl>
  );
}
