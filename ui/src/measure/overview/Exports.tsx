import type { ReportQuery } from "../../api/reportQuery.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./overview.module.css";

const FORMATS = [
  { format: "csv", name: "CSV" },
  { format: "parquet", name: "Parquet" },
];

/** The events behind these numbers as a file, with the same days and conditions. */
export function Exports({ ws, query }: { ws: string; query: ReportQuery }) {
  const { t } = useLanguage();
  return (
    <p className={styles.exports}>
      <span>{t("overview.export")}</span>
      {FORMATS.map(({ format, name }) => {
        const { bots, ...rest } = query;
        const params = new URLSearchParams({ ...rest, format, ...(bots ? { bots: "true" } : {}) });
        return (
          <a
            key={format}
            className={buttonClass("outline", true)}
            href={`/api/workspaces/${encodeURIComponent(ws)}/measure/export?${params}`}
            download
            aria-label={t("overview.export.as", { format: name })}
          >
            <Icon name="download" size={14} />
            {name}
          </a>
        );
      })}
    </p>
  );
}
