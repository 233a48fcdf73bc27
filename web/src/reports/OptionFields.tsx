import type { ReactNode } from "react";
import type { ReportOptions } from "../api/types";

interface OptionFieldsProps { options: ReportOptions; schoolColour: string; onChange: (change: Partial<ReportOptions>) => void }

const chains = [
  { value: "", label: "Nobody" }, { value: "class_teacher", label: "Class teacher" }, { value: "head", label: "Head" },
  { value: "class_teacher,head", label: "Class teacher, then head" }, { value: "class_teacher,head,principal", label: "Class teacher, head, then principal" },
  { value: "class_teacher,principal", label: "Class teacher, then principal" }, { value: "head,principal", label: "Head, then principal" },
];

export function OptionFields({ options, schoolColour, onChange }: OptionFieldsProps) {
  return (
    <>
      <Group title="Look">
        <div className="field-row">
          <Choice label="Layout" value={options.layout ?? "classic"} options={[["classic", "Classic"], ["modern", "Modern"]]} onChange={(layout) => onChange({ layout: layout as "classic" })} />
          <Choice label="Font" value={options.font ?? "sans"} options={[["sans", "Plain (Noto Sans)"], ["serif", "Bookish (Noto Serif)"]]} onChange={(font) => onChange({ font: font as "sans" })} />
          <label className="field"><span>Colour</span>
            <span className="colour-line">
              <input type="color" value={options.colour ?? schoolColour} onChange={(event) => onChange({ colour: event.target.value })} />
              <button type="button" className="button button-plain" disabled={options.colour === null} onClick={() => onChange({ colour: null })}>The school’s</button>
            </span>
          </label>
          <Choice label="Grading key" value={options.gradingKey ?? "full"} options={[["full", "Ranges and words"], ["short", "Ranges alone"], ["hidden", "None"]]} onChange={(key) => onChange({ gradingKey: key as "full" })} />
        </div>
        <div className="option-boxes">
          <Box label="Positions" on={options.showPositions} onChange={(showPositions) => onChange({ showPositions })} />
          <Box label="Position in the level" on={options.showLevelPosition} onChange={(showLevelPosition) => onChange({ showLevelPosition })} />
          <Box label="Trend chart" on={options.showTrend} onChange={(showTrend) => onChange({ showTrend })} />
          <Box label="Photo" on={options.showPhoto ?? false} onChange={(showPhoto) => onChange({ showPhoto })} />
          <Box label="QR code and short code" on={options.showVerification} onChange={(showVerification) => onChange({ showVerification })} />
        </div>
      </Group>
      <Group title="Rules">
        <div className="field-row">
          <Choice label="A missing score" value={options.missingScores ?? "count_as_zero"} options={[["count_as_zero", "Counts as nothing"], ["leave_out", "Leaves the subject out"]]} onChange={(rule) => onChange({ missingScores: rule as "leave_out" })} />
          <Choice label="Who approves" value={(options.chain ?? []).join(",")} options={chains.map(({ value, label }) => [value, label])} onChange={(chain) => onChange({ chain: (chain ? chain.split(",") : []) as ReportOptions["chain"] })} />
          <NumberField label="Average that promotes" value={options.promotionAverage ?? 45} most={100} onChange={(promotionAverage) => onChange({ promotionAverage })} />
          <NumberField label="Failed subjects that still promote" value={options.promotionFailedAtMost ?? 4} most={30} onChange={(promotionFailedAtMost) => onChange({ promotionFailedAtMost })} />
        </div>
        <Box label="Keep back the cards of students the bursar put on hold" on={options.holdForFees ?? false} onChange={(holdForFees) => onChange({ holdForFees })} />
      </Group>
      <Group title="Principal">
        <div className="field-row">
          <label className="field"><span>Name</span><input className="input" maxLength={80} value={options.principalName ?? ""} onChange={(event) => onChange({ principalName: event.target.value })} /></label>
          <label className="field"><span>Title</span><input className="input" maxLength={40} value={options.principalTitle ?? ""} onChange={(event) => onChange({ principalTitle: event.target.value })} /></label>
        </div>
      </Group>
      <details className="panel option-code">
        <summary>The school’s own CSS and template</summary>
        <label className="field"><span>CSS</span>
          <textarea className="input" rows={6} maxLength={20_000} spellCheck={false} value={options.customCss ?? ""} onChange={(event) => onChange({ customCss: event.target.value })} />
          <span className="field-hint">Nothing is fetched: an address inside it has to be data.</span></label>
        <label className="field"><span>Template (Jinja2)</span>
          <textarea className="input" rows={8} maxLength={60_000} spellCheck={false} value={options.template ?? ""} onChange={(event) => onChange({ template: event.target.value })} />
          <span className="field-hint">Empty: the layout above. It is tried on a real card before it is kept.</span></label>
      </details>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return <section className="panel stack-tight" aria-label={title}><h2 className="section-title">{title}</h2>{children}</section>;
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: string[][]; onChange: (value: string) => void }) {
  return (
    <label className="field"><span>{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key = "", words = ""]) => <option key={key} value={key}>{words}</option>)}
      </select>
    </label>
  );
}

function Box({ label, on = true, onChange }: { label: string; on?: boolean | undefined; onChange: (on: boolean) => void }) {
  return <label className="choice-line"><input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} /> {label}</label>;
}

function NumberField({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (value: number) => void }) {
  return (
    <label className="field"><span>{label}</span>
      <input className="input" type="number" min={0} max={most} value={value} onChange={(event) => { if (event.target.value !== "") onChange(Number(event.target.value)); }} />
    </label>
  );
}
