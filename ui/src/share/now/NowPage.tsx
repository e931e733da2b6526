import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { RHYTHMS, type Rhythm, useStanding } from "../../api/useStanding.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Sheet } from "../sheet/Sheet.tsx";
import styles from "./now.module.css";

const route = getRouteApi("/framed/w/$ws/share/");

/** いまの状況: the one page for everybody, as it is sent by mail and printed. */
export function NowPage() {
  const { ws } = route.useParams();
  const { t, lang } = useLanguage();
  const [rhythm, setRhythm] = useState<Rhythm>("weekly");
  const found = useStanding(ws, rhythm);
  if (found.error && !found.data)
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <div className={styles.page}>
      <div className={styles.tools}>
        <fieldset className={styles.rhythms}>
          <legend className="sr">{t("reporting.compare")}</legend>
          {RHYTHMS.map((one) => (
            <ChipButton
              key={one}
              on={one === rhythm}
              aria-pressed={one === rhythm}
              onClick={() => setRhythm(one)}
            >
              {t(`reporting.rhythm.${one}`)}
            </ChipButton>
          ))}
        </fieldset>
        <span className={styles.grow} />
        <Button icon="print" onClick={() => print()}>
          {t("reporting.print")}
        </Button>
        <a
          className={buttonClass("outline")}
          href={`/api/workspaces/${encodeURIComponent(ws)}/standing/pdf?lang=${lang}&rhythm=${rhythm}`}
          download
        >
          <Icon name="download" size={15} />
          {t("reporting.pdf")}
        </a>
        <Link to="/w/$ws/share/reports" params={{ ws }} className={buttonClass("primary")}>
          <Icon name="mail" size={15} />
          {t("reporting.regularly")}
        </Link>
      </div>
      {found.data ? (
        <div aria-busy={found.isPlaceholderData}>
          <Sheet page={found.data} ws={ws} />
        </div>
      ) : (
        <div className={styles.waiting}>
          <Loading />
          <Skeleton height={32} width="40%" />
          <Skeleton height={64} />
          <Skeleton height={240} />
          <Skeleton height={320} />
        </div>
      )}
    </div>
  );
}
