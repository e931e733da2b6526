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
  onFile: (file: File) => void;
}

/** One file, dropped or chosen. The whole box is the file input, so that it is also a button. */
export function DropZone({ title, button, line, accept, onFile }: DropZoneProps) {
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
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again after it was corrected.
          event.target.value = "";
        }}
      />
    </label>
  );
}
