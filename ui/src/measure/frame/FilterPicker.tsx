import { useState } from "react";
import { useValues, type ValueField } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, MenuRule, Popover } from "../../kit/Popover.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./frame.module.css";
import { useReport } from "./report.ts";
import { withFilter, withoutFilter } from "./search.ts";

/** What visits can be told apart by, the most used first. */
const FIELDS = [
  "channel",
  "source",
  "campaign",
  "device",
  "page",
  "entry",
  "exit",
  "event",
  "medium",
  "content",
  "term",
  "referrer",
  "title",
  "host",
  "browser",
  "os",
  "language",
] as const satisfies ValueField[];

/** Chooses a field, then values that were really seen. */
export function FilterPicker() {
  const { t } = useLanguage();
  const { search, change } = useReport();
  const [field, setField] = useState<(typeof FIELDS)[number] | null>(null);
  return (
    <Popover
      label={t("report.filter")}
      trigger={(wires) => (
        <ChipButton
          icon="plus"
          {...wires}
          onClick={() => {
            setField(null);
            wires.onClick();
          }}
        >
          {t("report.filter.add")}
        </ChipButton>
      )}
    >
      {(close) => (
        <div className={styles.picker}>
          {field ? (
            <Values field={field} onBack={() => setField(null)} />
          ) : (
            <>
              <h3>{t("report.filter.field")}</h3>
              <div className={styles.fields}>
                {FIELDS.map((one) => (
                  <MenuItem key={one} onClick={() => setField(one)}>
                    {t(`report.field.${one}`)}
                  </MenuItem>
                ))}
              </div>
              <MenuRule />
              <MenuItem
                current={search.bots === true}
                icon={search.bots && <Icon name="check" size={14} />}
                onClick={() => {
                  const { bots, ...rest } = search;
                  close();
                  change(bots ? rest : { ...rest, bots: true });
                }}
              >
                {t("report.bots")}
              </MenuItem>
              {search.filters && (
                <MenuItem
                  onClick={() => {
                    const { filters: _, ...rest } = search;
                    close();
                    change(rest);
                  }}
                >
                  {t("report.filter.clear")}
                </MenuItem>
              )}
            </>
          )}
        </div>
      )}
    </Popover>
  );
}

function Values({ field, onBack }: { field: (typeof FIELDS)[number]; onBack: () => void }) {
  const { t, lang } = useLanguage();
  const { ws, span, search, change } = useReport();
  const [text, setText] = useState("");
  const [op, setOp] = useState<"is" | "not">("is");
  const wanted = useSettled(text.trim(), 200);
  const seen = useValues(ws, { lang, ...span }, field, wanted);
  const at = search.filters?.findIndex((one) => one.field === field && one.op === op) ?? -1;
  const chosen = search.filters?.[at]?.values ?? [];
  function toggle(value: string) {
    const values = chosen.includes(value)
      ? chosen.filter((one) => one !== value)
      : [...chosen, value];
    change(
      values.length > 0 ? withFilter(search, { field, op, values }) : withoutFilter(search, at),
    );
  }
  return (
    <>
      <div className={styles.find}>
        <span>
          <Button kind="text" small icon="left" onClick={onBack}>
            {t("report.filter.back")}
          </Button>
        </span>
        <Field
          label={t("report.filter.values", { field: t(`report.field.${field}`) })}
          placeholder={t("report.filter.search")}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        <span className={styles.ops}>
          {(["is", "not"] as const).map((one) => (
            <ChipButton
              key={one}
              on={op === one}
              aria-pressed={op === one}
              onClick={() => setOp(one)}
            >
              {t(`report.filter.${one}`)}
            </ChipButton>
          ))}
        </span>
      </div>
      <div className={styles.values}>
        {wanted && field !== "channel" && (
          <button
            type="button"
            onClick={() => change(withFilter(search, { field, op: "contains", values: [wanted] }))}
          >
            <i />
            {t("report.filter.contains", { text: wanted })}
          </button>
        )}
        {seen.data?.values.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={chosen.includes(value)}
            onClick={() => toggle(value)}
          >
            {chosen.includes(value) ? <Icon name="check" size={14} /> : <i />}
            {label}
          </button>
        ))}
        {seen.data?.values.length === 0 && <p className={styles.note}>{t("report.filter.none")}</p>}
      </div>
    </>
  );
}
