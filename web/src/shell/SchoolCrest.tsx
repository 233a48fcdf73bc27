import { useLayoutEffect, useRef } from "react";
import { safeUrl } from "../blocks/safeUrl";
import { initials } from "../design/Portrait";
import { readableOn } from "../design/colour";
import { useSession } from "../session/SessionContext";

/** The school's logo, or its initials on its colour. */
export function SchoolCrest() {
  const { school } = useSession();
  const crest = useRef<HTMLSpanElement>(null);
  const logo = safeUrl(school.logoUrl);
  const ink = readableOn(school.colour);
  useLayoutEffect(() => {
    if (!crest.current || !school.colour || !ink) return;
    crest.current.style.backgroundColor = school.colour;
    crest.current.style.color = ink;
  }, [ink, school.colour]);
  if (logo) return <img className="crest" src={logo} alt="" />;
  return <span ref={crest} className="crest" aria-hidden="true">{initials(school.name)}</span>;
}
