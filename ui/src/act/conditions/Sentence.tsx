import { Fragment, type ReactNode } from "react";
import styles from "./conditions.module.css";

/**
 * A sentence with controls in it: `text` is a translated line in which {names} stand where
 * the parts go, so that each language keeps its own order. A part that is null is left out.
 */
export function Sentence({ text, parts }: { text: string; parts: Record<string, ReactNode> }) {
  return (
    <>
      {text.split(/(\{\w+\})/).map((piece) => {
        const name = /^\{(\w+)\}$/.exec(piece)?.[1];
        if (name) return <Fragment key={piece}>{parts[name]}</Fragment>;
        const words = piece.trim();
        return words ? (
          <span key={piece} className={styles.words}>
            {words}
          </span>
        ) : null;
      })}
    </>
  );
}

/** Leaves {names} in a translated line as they are: `t(key, slots("page", "op"))`. */
export function slots<N extends string>(...names: N[]): Record<N, string> {
  return Object.fromEntries(names.map((name) => [name, `{${name}}`])) as Record<N, string>;
}
