import { classes } from "./classes.ts";
import styles from "./Slider.module.css";
import { placeOf } from "./slider.ts";

interface SliderProps {
  label: string;
  /** Where it can stop, rising; the value and `now` are among them. */
  stops: number[];
  value: number;
  /** How it is today: the tick. */
  now: number;
  /** What was ever seen: the grey band. */
  seen: [low: number, high: number];
  /** The value in words, read aloud. */
  text: string;
  /** Moving it changes nothing, as far as is known. */
  idle?: boolean;
  describedBy?: string | undefined;
  onChange: (value: number) => void;
}

/** A slider with the range that was ever seen, a tick at today's value and a handle. */
export function Slider(props: SliderProps) {
  const { label, stops, value, now, seen, text, idle, describedBy, onChange } = props;
  const at = (x: number) => placeOf(stops, x) * 100;
  const [from, to] = [Math.min(at(now), at(value)), Math.max(at(now), at(value))];
  return (
    <div className={styles.slider}>
      <span className={styles.track} />
      <span className={styles.scale}>
        <i
          className={styles.seen}
          style={{ left: `${at(seen[0])}%`, width: `${at(seen[1]) - at(seen[0])}%` }}
        />
        <i className={styles.moved} style={{ left: `${from}%`, width: `${to - from}%` }} />
        <i className={styles.now} style={{ left: `${at(now)}%` }} />
      </span>
      <input
        type="range"
        className={classes(styles.input, idle && styles.idle)}
        min={0}
        max={stops.length - 1}
        step={1}
        value={Math.max(0, stops.indexOf(value))}
        aria-label={label}
        aria-valuetext={text}
        aria-describedby={describedBy}
        onChange={(event) => {
          const next = stops[Number(event.target.value)];
          if (next !== undefined) onChange(next);
        }}
      />
    </div>
  );
}
