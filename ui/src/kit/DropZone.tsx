import { useState } from "react";
import { classes } from "./classes.ts";
import styles from "./DropZone.module.css";
import { Icon } from "./Icon.tsx";

interface DropZoneProps {
  /** "ここにファイルを置く" */
  title: string;
  /** What the button inside says. */
  button: string;
  /** Which files are taken, in words. */
  line: string;
  accept: string;
  /** Several at once, one after the other. */
  many?: boolean;
  /** At least one. */
  onFiles: (files: File[]) => void;
}

/** Files, dropped or chosen. The whole box is the file input, so that it is also a button. */
export function DropZone({ title, button, line, accept, many, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    <label
      className={classes(styles.zone, over && styles.over)}
      onDragEnter={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <Icon name="upload" size={24} />
      <b>{title}</b>
      <span className={styles.fake} aria-hidden="true">
        {button}
      </span>
      <span className={styles.line}>{line}</span>
      <input
        type="file"
        accept={accept}
        multiple={many}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onFiles(files);
          // The same file may be chosen again after it was corrected.
          event.target.value = "";
        }}
      />
    </label>
  );
}
