import { useRef } from "react";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { FieldFrame } from "../../kit/Field.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { type Fault, inserted, offsetOf, wrapped } from "./blocks.ts";

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
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const properties = (useConditionChoices(ws).data?.properties ?? [])
    .map((one) => one.key)
    .filter((key) => !key.startsWith("company.") && !(STANDARD as readonly string[]).includes(key));
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
  const told = fault && (
    <>
      {fault.line && rich
        ? t("mail.fault.at", { line: fault.line, col: fault.col ?? 1, message: fault.message })
        : fault.message}
      {fault.line && (
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
    </>
  );
  const tools = (
    <>
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
    </>
  );
  return (
    <FieldFrame label={label} optional={optional ?? false} hint={hint} error={told} beside={tools}>
      {(wires) =>
        rich ? (
          <textarea
            {...wires}
            ref={box}
            value={value}
            rows={Math.min(14, Math.max(4, value.split("\n").length + 1))}
            onChange={(e) => onChange(e.target.value)}
          />
        ) : (
          <input
            {...wires}
            ref={box}
            value={value}
            autoComplete="off"
            onChange={(e) => onChange(e.target.value)}
          />
        )
      }
    </FieldFrame>
  );
}
