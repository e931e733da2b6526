import { useState } from "react";
import type { Lever } from "../../api/types.ts";
import { useKeepScenario } from "../../api/useWhatIf.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { leverAmount } from "./amounts.ts";
import styles from "./whatif.module.css";
import { isMoved, type Wishes } from "./wishes.ts";

interface KeepDialogProps {
  ws: string;
  levers: Lever[];
  wishes: Wishes;
  sets: string[];
  onClose: () => void;
}

/** Gives a plan its name; one is proposed from what was moved. */
export function KeepDialog({ ws, levers, wishes, sets, onClose }: KeepDialogProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const keep = useKeepScenario(ws);
  const [name, setName] = useState(() =>
    f.list(
      levers
        .filter((lever) => isMoved(lever, wishes))
        .slice(0, 2)
        .map((lever) =>
          t("whatif.keep.one", {
            name: lever.name,
            amount: leverAmount(lever, wishes[lever.id] ?? lever.now, t, f),
          }),
        ),
    ),
  );
  const [missing, setMissing] = useState(false);
  function save() {
    const wanted = name.trim();
    if (!wanted) return setMissing(true);
    keep.mutate(
      { name: wanted, sets },
      {
        onSuccess: () => {
          say({ text: t("whatif.keep.done", { name: wanted }) });
          onClose();
        },
      },
    );
  }
  return (
    <Dialog
      title={t("whatif.keep.title")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" disabled={keep.isPending} onClick={save}>
            {t("whatif.keep.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          label={t("whatif.keep.name")}
          hint={t("whatif.keep.line")}
          error={missing && !name.trim() ? t("whatif.keep.missing") : undefined}
          value={name}
          maxLength={120}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
        {keep.error && <Notice kind="bad">{keep.error.message}</Notice>}
      </form>
    </Dialog>
  );
}
