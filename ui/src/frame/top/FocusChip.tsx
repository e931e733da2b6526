import { useState } from "react";
import type { MapReply } from "../../api/types.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Popover } from "../../kit/Popover.tsx";
import styles from "./Focus.module.css";
import { FocusDialog } from "./FocusDialog.tsx";

interface FocusChipProps {
  reply: MapReply;
  ws: string;
  onOpen: (id: string) => void;
}

/** Whether who is here may settle things for the team; the server decides in the end. */
export function useMayDecide(ws: string): boolean {
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  return role === "owner" || role === "editor";
}

/** What the team watches for now, and the way to choose it. */
export function FocusChip({ reply, ws, onOpen }: FocusChipProps) {
  const { t, f } = useLanguage();
  const may = useMayDecide(ws);
  const [choosing, setChoosing] = useState(false);
  const names = (reply.focus?.indicators ?? []).map(
    (id) => reply.indicators.find((one) => one.id === id)?.name ?? id,
  );
  if (names.length === 0 && (!may || reply.indicators.length < 3)) return null;
  return (
    <>
      {reply.focus && names.length > 0 ? (
        <Popover
          label={t("focus.chip")}
          trigger={(wires) => (
            <ChipButton icon="flag" {...wires}>
              {t("focus.chip")} <span className={styles.names}>{f.facts(names)}</span>
            </ChipButton>
          )}
        >
          {(close) => (
            <div className={styles.sheet}>
              <p className="quiet">
                {reply.focus?.by
                  ? t("focus.set.by", { until: f.day(reply.focus.until), by: reply.focus.by })
                  : t("focus.set", { until: f.day(reply.focus?.until ?? "") })}
              </p>
              <ul>
                {reply.focus?.indicators.map((id, i) => (
                  <li key={id}>
                    <button
                      type="button"
                      onClick={() => {
                        close();
                        onOpen(id);
                      }}
                    >
                      {names[i]}
                    </button>
                  </li>
                ))}
              </ul>
              {reply.focus?.why && <p>{reply.focus.why}</p>}
              {may && (
                <div>
                  <Button
                    small
                    onClick={() => {
                      close();
                      setChoosing(true);
                    }}
                  >
                    {t("focus.change")}
                  </Button>
                </div>
              )}
            </div>
          )}
        </Popover>
      ) : (
        <ChipButton icon="flag" onClick={() => setChoosing(true)}>
          {t("focus.none")}
        </ChipButton>
      )}
      {choosing && <FocusDialog ws={ws} onClose={() => setChoosing(false)} />}
    </>
  );
}
