import { useRef } from "react";
import type { MailBlock } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { BlockFields } from "./BlockFields.tsx";
import { type Faults, KINDS, moved, newBlock } from "./blocks.ts";
import styles from "./mail.module.css";

interface BlockListProps {
  ws: string;
  blocks: MailBlock[];
  /** Where the list stands: "blocks", "blocks[2].columns[0]". */
  path: string;
  faults: Faults;
  onChange: (blocks: MailBlock[]) => void;
  /** Within a column: no columns again. */
  nested?: boolean;
}

/** The pieces of a mail one under the other, to be written, moved and taken out. */
export function BlockList({ ws, blocks, path, faults, onChange, nested }: BlockListProps) {
  const { t } = useLanguage();
  const keys = useKeys(blocks.length);
  const put = (n: number, block: MailBlock) =>
    onChange(blocks.map((one, at) => (at === n ? block : one)));
  return (
    <>
      <ol className={nested ? styles.nested : styles.blocks}>
        {blocks.map((block, n) => {
          const field = `${path}[${n}]`;
          const name = t(`mail.block.${block.kind}`);
          return (
            <li key={keys.of(n)} className={styles.block} aria-label={`${n + 1} ${name}`}>
              <div className={styles.blockHead}>
                <b>{name}</b>
                <IconButton
                  icon="up"
                  bare
                  label={t("mail.block.up", { name })}
                  disabled={n === 0}
                  onClick={() => {
                    keys.move(n, -1);
                    onChange(moved(blocks, n, -1));
                  }}
                />
                <IconButton
                  icon="down"
                  bare
                  label={t("mail.block.down", { name })}
                  disabled={n === blocks.length - 1}
                  onClick={() => {
                    keys.move(n, 1);
                    onChange(moved(blocks, n, 1));
                  }}
                />
                <IconButton
                  icon="trash"
                  bare
                  label={t("mail.block.drop", { name })}
                  onClick={() => {
                    keys.drop(n);
                    onChange(blocks.filter((_, at) => at !== n));
                  }}
                />
              </div>
              {block.kind === "columns" ? (
                <div className={styles.columns}>
                  {(block.columns ?? []).map((column, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                    <div key={at}>
                      <BlockList
                        ws={ws}
                        nested
                        blocks={column}
                        path={`${field}.columns[${at}]`}
                        faults={faults}
                        onChange={(next) =>
                          put(n, {
                            ...block,
                            columns: (block.columns ?? []).map((one, k) => (k === at ? next : one)),
                          })
                        }
                      />
                    </div>
                  ))}
                </div>
              ) : (
                <BlockFields
                  ws={ws}
                  block={block}
                  path={field}
                  faults={faults}
                  onChange={(next) => put(n, next)}
                />
              )}
              {(faults[field] ?? faults[`${field}.columns`]) && (
                <p className={styles.error}>
                  {(faults[field] ?? faults[`${field}.columns`])?.message}
                </p>
              )}
            </li>
          );
        })}
      </ol>
      {faults[path] && <p className={styles.error}>{faults[path].message}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame and legend */}
      <div className={styles.add} role="group" aria-label={t("mail.block.add")}>
        {KINDS.filter((kind) => !nested || kind !== "columns").map((kind) => (
          <Button
            key={kind}
            small
            kind={nested ? "quiet" : "outline"}
            icon="plus"
            onClick={() => onChange([...blocks, newBlock(kind)])}
          >
            {t(`mail.block.${kind}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Keeps a name for each block while it is moved, so that the keyboard stays with it. */
function useKeys(length: number) {
  const names = useRef<number[]>([]);
  const last = useRef(0);
  while (names.current.length < length) names.current.push(last.current++);
  names.current.length = length;
  return {
    of: (n: number) => names.current[n] ?? n,
    move: (n: number, by: number) => {
      names.current = moved(names.current, n, by);
    },
    drop: (n: number) => {
      names.current = names.current.filter((_, at) => at !== n);
    },
  };
}
