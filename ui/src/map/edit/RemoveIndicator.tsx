import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { Edit, MapReply } from "../../api/types.ts";
import { useEditModel } from "../../api/useModel.ts";
import { useRestore } from "../../api/useVersions.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { namesIn, readFormula, withoutPart } from "./formulaText.ts";

interface RemoveIndicatorProps {
  ws: string;
  map: MapReply;
  version: number;
  id: string;
  onClose: () => void;
  onRemoved: () => void;
}

/** Takes an indicator off the map and out of the formulas that use it; can be undone. */
export function RemoveIndicator(props: RemoveIndicatorProps) {
  const { ws, map, version, id, onClose, onRemoved } = props;
  const { t } = useLanguage();
  const say = useToast();
  const edit = useEditModel(ws);
  const restore = useRestore(ws);
  const [refused, setRefused] = useState<string[]>([]);
  const nameOf = (one: string) => map.indicators.find((other) => other.id === one)?.name;
  const name = nameOf(id) ?? id;
  const uses = map.indicators
    .filter((one) => namesIn(one.formula ?? "").includes(id))
    .map((one) => ({ one, rest: withoutPart(one.formula ?? "", id) }));
  const blocked = uses.find((use) => use.rest === null && !use.one.measure);

  async function remove() {
    const edits: Edit[] = uses.map(({ one, rest }) => ({
      op: "set_indicator",
      id: one.id,
      fields: { formula: rest },
    }));
    edits.push({ op: "remove_indicator", id });
    try {
      const reply = await edit.mutateAsync({
        baseVersion: version,
        edits,
        note: t("edit.delete.note", { name }),
      });
      if (!reply.ok) {
        setRefused(reply.problems.map((one) => `${one.message} ${one.mend}`.trim()));
        return;
      }
      onRemoved();
      say({
        text: t("edit.deleted", { name }),
        action: {
          label: t("edit.undo"),
          run: () =>
            restore.mutate(version, {
              onSuccess: () => say({ text: t("edit.undone") }),
              onError: () => say({ text: t("edit.undo.failed") }),
            }),
        },
      });
    } catch (error) {
      setRefused([error instanceof ApiError ? error.message : t("kit.failed.offline")]);
    }
  }

  return (
    <Dialog
      title={t("edit.delete.title", { name })}
      onClose={onClose}
      actions={
        <>
          {!blocked && (
            <Button kind="danger" disabled={edit.isPending} onClick={() => void remove()}>
              {t("edit.delete.do")}
            </Button>
          )}
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        {blocked ? (
          <Notice kind="warn">{t("edit.delete.blocked", { name: blocked.one.name })}</Notice>
        ) : (
          <p>{t("edit.delete.line")}</p>
        )}
        {!blocked && uses.length > 0 && (
          <div>
            <p className="quiet">{t("edit.delete.formulas")}</p>
            <ul>
              {uses.map(({ one, rest }) => (
                <li key={one.id}>
                  {rest === null
                    ? one.name
                    : t("edit.join.becomes", {
                        name: one.name,
                        formula: readFormula(rest, nameOf),
                      })}
                </li>
              ))}
            </ul>
          </div>
        )}
        {refused.map((text) => (
          <Notice key={text} kind="bad">
            {text}
          </Notice>
        ))}
      </div>
    </Dialog>
  );
}
