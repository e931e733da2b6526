import { useId, useRef } from "react";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { type Fault, inserted, offsetOf, wrapped } from "./blocks.ts";
import styles from "./mail.module.css";

interface WritingProps {
  ws: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  fault?: Fault | undefined;
  hint?: string;
  optional?: boolean;
  /** Several lines, with bold and links. */
  rich?: boolean;
}

/** What every contact has. */
const STANDARD = ["name", "company.name", "address"] as const;

/** A text into which people's own values are put; what is wrong is shown at its place. */
export function Writing({ ws, label, value, onChange, fault, hint, optional, rich }: WritingProps) {
  const { t } = useLanguage();
  const id = useId();
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const properties = (useConditionChoices(ws).data?.properties ?? [])
    .map((one) => one.key)
    .filter((key) => !key.startsWith("company.") && !(STANDARD as readonly string[]).includes(key));
  const below = fault?.message ?? hint;
  function put(next: { text: string; caret: number }) {
    onChange(next.text);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  }
  const range = () =>
    [
      box.current?.selectionStart ?? value.length,
      box.current?.selectionEnd ?? value.length,
    ] as const;
  const wires = {
    id,
    ref: box,
    value,
    className: classes(styles.box, fault && styles.wrong),
    "aria-invalid": fault ? true : undefined,
    "aria-describedby": below ? `${id}-below` : undefined,
  };
  return (
    <div className={styles.writing}>
      <div className={styles.over}>
        <label htmlFor={id}>
          {label}
          {optional && <span className="quiet"> {t("kit.optional")}</span>}
        </label>
        {rich && (
          <>
            <Button
              small
              kind="quiet"
              onClick={() => put(wrapped(value, ...range(), "**", "**", t("mail.bold.sample")))}
            >
              {t("mail.bold")}
            </Button>
            <Button
              small
              kind="quiet"
              onClick={() =>
                put(wrapped(value, ...range(), "[", "](https://)", t("mail.link.sample")))
              }
            >
              {t("mail.link")}
            </Button>
          </>
        )}
        <Popover
          label={t("mail.fill")}
          align="end"
          trigger={(open) => (
            <Button {...open} small kind="quiet" icon="person">
              {t("mail.fill")}
            </Button>
          )}
        >
          {(close) =>
            [...STANDARD, ...properties.slice(0, 30)].map((key) => {
              const standard = (STANDARD as readonly string[]).includes(key);
              const name = standard ? t(`mail.fill.${key as "name"}`) : key;
              const fallback = key === "name" ? t("mail.fill.fallback") : "";
              const hole = key === "address" ? "{{address}}" : `{{${key}|${fallback}}}`;
              return (
                <MenuItem
                  key={key}
                  onClick={() => {
                    close();
                    put(inserted(value, ...range(), hole));
                  }}
                >
                  {name}
                  <small className="quiet">{hole}</small>
                </MenuItem>
              );
            })
          }
        </Popover>
      </div>
      {rich ? (
        <textarea
          {...wires}
          rows={Math.min(14, Math.max(4, value.split("\n").length + 1))}
          onChange={(e) => onChange(e.target.value)}
        />
      ) : (
        <input {...wires} autoComplete="off" onChange={(e) => onChange(e.target.value)} />
      )}
      {below && (
        <p id={`${id}-below`} className={fault ? styles.error : styles.hint}>
          {fault?.line && rich
            ? t("mail.fault.at", { line: fault.line, col: fault.col ?? 1, message: fault.message })
            : below}
          {fault?.line && (
            <Button
              small
              kind="text"
              onClick={() => {
                const at = offsetOf(value, fault.line ?? 1, fault.col ?? 1);
                box.current?.focus();
                box.current?.setSelectionRange(at, at);
              }}
            >
              {t("mail.fault.show")}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
