import type { MapView } from "../../api/useMap.ts";
import { useScorekeeping, useScreening } from "../../api/useScreening.ts";
import styles from "./beside.module.css";
import { Scorekeeping } from "./Scorekeeping.tsx";
import { Screening } from "./Screening.tsx";

/** What stands quietly below the findings; it comes when all of it is there, so that nothing jumps. */
export function Beside({ ws, view }: { ws: string; view: MapView }) {
  const screening = useScreening(ws, view);
  const score = useScorekeeping(ws);
  if (screening.isPending || score.isPending) return null;
  return (
    <div className={styles.beside}>
      {screening.data && <Screening list={screening.data.candidates} />}
      {score.data && <Scorekeeping score={score.data} />}
    </div>
  );
}
