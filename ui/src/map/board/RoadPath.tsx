import type { Road } from "../roads.ts";

/**
 * One road in the manner of a paper map: cased where it is measured, dashed where nothing is
 * known, quiet where nothing moves, barred where it broke.
 */
export function RoadPath({ road }: { road: Road }) {
  const { d, kind, width, end } = road;
  const line = { d, fill: "none" };
  switch (kind) {
    case "formula":
      return <path {...line} stroke="var(--g4)" strokeWidth="1.5" />;
    case "unmeasured":
    case "unknown":
      return <path {...line} stroke="var(--g4)" strokeWidth="1.5" strokeDasharray="4 5" />;
    case "checking":
      return <path {...line} stroke="var(--ai)" strokeWidth="2" strokeDasharray="1 6" />;
    case "measuring":
      return (
        <>
          <path {...line} stroke="var(--g4)" strokeWidth="8" />
          <path {...line} stroke="var(--card)" strokeWidth="6" />
          <path {...line} stroke="var(--behind)" strokeWidth="6" strokeDasharray="5 7" />
        </>
      );
    case "still":
      return (
        <>
          <path {...line} stroke="var(--g3)" strokeWidth="6" />
          <path {...line} stroke="var(--g1)" strokeWidth="4" />
        </>
      );
    case "broken":
      return (
        <>
          <path {...line} stroke="var(--g4)" strokeWidth="7" />
          <path {...line} stroke="var(--g1)" strokeWidth="5" />
          {/* A pill brings its own bars, on either side of it. */}
          {!road.loud && <Bars at={road.mid} />}
        </>
      );
    case "moves":
      return (
        <>
          <path {...line} stroke="var(--ai)" strokeWidth={width + 2} />
          <path {...line} stroke="var(--ai-2)" strokeWidth={width} />
          <path d={`M${end.x} ${end.y}l9 -7v14Z`} fill="var(--ai)" />
        </>
      );
  }
}

/** Two red bars with paper between them: nothing passes here. */
function Bars({ at }: { at: { x: number; y: number } }) {
  return (
    <>
      <path d={`M${at.x - 8} ${at.y - 6}h16v12h-16Z`} fill="var(--paper)" />
      <path
        d={`M${at.x - 9} ${at.y - 9}v18M${at.x + 9} ${at.y - 9}v18`}
        stroke="var(--missed)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </>
  );
}
