import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { FilterChip } from "./FilterChip.tsx";
import { FilterPicker } from "./FilterPicker.tsx";
import styles from "./frame.module.css";
import { useReport } from "./report.ts";
import { Segments } from "./Segments.tsx";
import { SpanPicker } from "./SpanPicker.tsx";
import { type Compare, withoutFilter } from "./search.ts";

const COMPARES: Compare[] = ["none", "before", "last_year"];

/** Which days, compared with what, and which visits: the same on every page. */
export function FilterBar({ bar, compare }: { bar: "full" | "span"; compare: boolean }) {
  const { t } = useLanguage();
  const report = useReport();
  const { search, change } = report;
  return (
    <search className={styles.bar} aria-label={t("report.bar")}>
      <SpanPicker />
      {compare && (
        <Popover
          label={t("report.compare.choose")}
          trigger={(wires) => (
            <ChipButton opens {...wires}>
              {t("report.compare")} <b>{t(`report.compare.${report.compare}`)}</b>
            </ChipButton>
          )}
        >
          {(close) =>
            COMPARES.map((one) => (
              <MenuItem
                key={one}
                current={one === report.compare}
                onClick={() => {
                  const { compare: _, ...rest } = search;
                  close();
                  change(one === "before" ? rest : { ...rest, compare: one });
                }}
              >
                {t(`report.compare.${one}`)}
              </MenuItem>
            ))
          }
        </Popover>
      )}
      {bar === "full" && (
        <>
          {search.filters?.map((filter, at) => (
            <FilterChip
              key={JSON.stringify(filter)}
              ws={report.ws}
              days={report.span}
              filter={filter}
              onRemove={() => change(withoutFilter(search, at))}
            />
          ))}
          {search.bots && (
            <span className={styles.chosen}>
              <span>{t("report.bots.on")}</span>
              <button
                type="button"
                aria-label={t("report.filter.remove", { name: t("report.bots.on") })}
                onClick={() => {
                  const { bots: _, ...rest } = search;
                  change(rest);
                }}
              >
                <Icon name="close" size={12} />
              </button>
            </span>
          )}
          <FilterPicker />
          <Segments />
        </>
      )}
    </search>
  );
}
