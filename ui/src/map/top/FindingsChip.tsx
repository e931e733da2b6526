import type { MapReply } from "../../api/types.ts";
import styles from "../../frame/top/Top.module.css";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Popover } from "../../kit/Popover.tsx";

interface FindingsChipProps {
  reply: MapReply;
  onOpen: (id: string) => void;
}

/** What makes the goal worse than it could be: errors first, each leading to its indicator. */
export function FindingsChip({ reply, onOpen }: FindingsChipProps) {
  const { t } = useLanguage();
  const telling = reply.findings.filter((finding) => finding.severity !== "info");
  if (telling.length === 0) return null;
  const label = t("map.findings", { count: telling.length });
  return (
    <Popover
      label={label}
      trigger={(wires) => (
        <ChipButton icon="warning" {...wires}>
          {label}
        </ChipButton>
      )}
    >
      {(close) => (
        <ul className={styles.findings}>
          {telling.map((finding) => (
            <li key={`${finding.code} ${finding.indicator} ${finding.link.join(" ")}`}>
              <button
                type="button"
                disabled={!finding.indicator}
                onClick={() => {
                  close();
                  if (finding.indicator) onOpen(finding.indicator);
                }}
              >
                <Icon
                  name="warning"
                  size={14}
                  className={classes(finding.severity === "error" ? styles.error : styles.warning)}
                />
                <span>
                  {finding.sentence}
                  <span className="quiet"> {finding.mend}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
