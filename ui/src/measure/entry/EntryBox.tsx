import { useId, useRef, useState } from "react";
import { ApiError } from "../../api/client.ts";
import { type EntryField, usePutEntries } from "../../api/usePaths.ts";
import type { Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { typed } from "./days.ts";
import styles from "./entry.module.css";

interface EntryBoxProps {
  ws: string;
  source: string;
  field: EntryField;
  day: Day;
  today: Day;
  /** What is shown belongs to the day. */
  ready: boolean;
}

/** One number: large, saved when one leaves it or presses Enter, taken back with one press. */
export function EntryBox({ ws, source, field, day, today, ready }: EntryBoxProps) {
  const { t, f } = useLanguage();
  const id = useId();
  const say = useToast();
  const put = usePutEntries(ws);
  const [text, setText] = useState<string | null>(null);
  const leaving = useRef(false);
  const value = text === null ? field.value : typed(text);
  const wrong = value === undefined;
  const kept = field.value === null ? "" : String(field.value);

  function send(next: number | null, undo: number | null | undefined) {
    put.mutate(
      { source, day, values: { [field.metric]: next } },
      {
        onSuccess: () => {
          setText(null);
          const amount = next === null ? "" : f.amount(next, field.unit);
          say({
            text:
              next === null
                ? t("entry.removed", { name: field.name })
                : t("entry.saved", { name: field.name, amount }),
            ...(undo === undefined
              ? {}
              : { action: { label: t("report.segment.undo"), run: () => send(undo, undefined) } }),
          });
        },
        onError: (error) =>
          say({ text: error instanceof ApiError ? error.message : t("kit.failed.offline") }),
      },
    );
  }
  function leave() {
    if (leaving.current || text === null || value === undefined) return;
    if (value === field.value) return setText(null);
    send(value, field.value);
  }
  return (
    <div className={classes(styles.entry, field.value !== null && styles.done)}>
      <label htmlFor={id}>{field.name}</label>
      <div className={styles.line}>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          enterKeyHint="done"
          disabled={!ready}
          value={text ?? kept}
          placeholder="—"
          aria-invalid={wrong || undefined}
          aria-describedby={`${id}-below`}
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) event.currentTarget.blur();
            if (event.key === "Escape") {
              leaving.current = true;
              setText(null);
              event.currentTarget.blur();
              leaving.current = false;
            }
          }}
        />
        <span className={styles.unit}>{field.unit}</span>
        {field.value !== null && text === null && <Icon name="check" size={16} />}
      </div>
      <p id={`${id}-below`} className={wrong ? "bad" : "quiet"}>
        {wrong ? (
          t("entry.wrong")
        ) : (
          <>
            {field.before === null
              ? t(day === today ? "entry.yesterday.none" : "entry.previous.none")
              : t(day === today ? "entry.yesterday" : "entry.previous", {
                  amount: f.amount(field.before, field.unit),
                })}
            {field.value === null && text === null && (
              <Button kind="text" small disabled={!ready} onClick={() => send(0, null)}>
                {t("entry.zero")}
              </Button>
            )}
          </>
        )}
      </p>
    </div>
  );
}
