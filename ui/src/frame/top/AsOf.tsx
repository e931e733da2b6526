import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Calendar } from "../../kit/Calendar.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Popover } from "../../kit/Popover.tsx";
import styles from "./Top.module.css";

interface AsOfProps {
  reply: MapReply;
  /** Null goes back to the latest day. */
  onChoose: (day: string | null) => void;
}

/** "Up to which day": for the whole map at once. */
export function AsOf({ reply, onChoose }: AsOfProps) {
  const { t, f } = useLanguage();
  const first = reply.first_day ?? reply.as_of;
  const last = reply.last_day ?? reply.as_of;
  const [before, after] = t("map.asOf", { day: "\n" }).split("\n");
  return (
    <Popover
      label={t("map.asOf.choose")}
      trigger={(wires) => (
        <ChipButton
          icon="calendar"
          on={reply.as_of !== last}
          title={t("map.asOf.choose")}
          {...wires}
        >
          <span className={styles.asOf}>
            {before}
            <b className={styles.wide}>{f.weekday(reply.as_of)}</b>
            <b className={styles.phone}>{f.day(reply.as_of)}</b>
            {after}
          </span>
        </ChipButton>
      )}
    >
      {(close) => (
        <>
          <Calendar
            value={reply.as_of}
            first={first}
            last={last}
            onChoose={(day) => {
              close();
              onChoose(day === last ? null : day);
            }}
          />
          <p className={styles.range}>
            {t("map.asOf.range", { first: f.longDay(first), last: f.longDay(last) })}
          </p>
          {reply.as_of !== last && (
            <div className={styles.range}>
              <Button
                small
                onClick={() => {
                  close();
                  onChoose(null);
                }}
              >
                {t("map.asOf.latest")}
              </Button>
            </div>
          )}
        </>
      )}
    </Popover>
  );
}
