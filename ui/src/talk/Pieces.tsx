import type { TalkPiece } from "../api/useTalk.ts";
import { classes } from "../kit/classes.ts";
import styles from "./talk.module.css";

/** A text as people wrote it: lines, addresses, names that are called. Nothing else becomes markup. */
export function Pieces({ pieces }: { pieces: TalkPiece[] }) {
  return (
    <p className={styles.text}>
      {pieces.map((piece, at) => {
        const key = at; // the pieces of one text never move
        if (piece.kind === "link")
          return (
            <a key={key} href={piece.to} target="_blank" rel="noreferrer nofollow ugc">
              {piece.text}
            </a>
          );
        if (piece.kind === "call")
          return (
            <b key={key} className={classes(styles.call, piece.you && styles.me)}>
              {piece.text}
            </b>
          );
        return <span key={key}>{piece.text}</span>;
      })}
    </p>
  );
}

/** The text again, to be changed. */
export function plain(pieces: TalkPiece[]): string {
  return pieces.map((piece) => piece.text).join("");
}
