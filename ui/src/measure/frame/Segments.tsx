import { useState } from "react";
import type { Segment } from "../../api/types.ts";
import { useDropSegment, useKeepSegment, useSegments } from "../../api/useReports.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, MenuRule, Popover } from "../../kit/Popover.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./frame.module.css";
import { useReport } from "./report.ts";

/** Filters with a name: choose, keep, throw away. */
export function Segments() {
  const { t } = useLanguage();
  const { ws, search, change } = useReport();
  const { data } = useSegments(ws);
  const say = useToast();
  const keep = useKeepSegment(ws);
  const drop = useDropSegment(ws);
  const [naming, setNaming] = useState(false);
  const segments = data?.segments ?? [];
  const current = segments.find((one) => one.id === search.segment);
  const { segment: _, ...rest } = search;
  const failed = () => say({ text: t("report.segment.failed") });

  function forget(one: Segment) {
    if (one.id === search.segment) change(rest);
    drop.mutate(one.id, {
      onSuccess: () =>
        say({
          text: t("report.segment.dropped", { name: one.name }),
          action: {
            label: t("report.segment.undo"),
            run: () => keep.mutate({ name: one.name, filters: one.filters }),
          },
        }),
      onError: failed,
    });
  }

  return (
    <>
      <Popover
        label={t("report.segment")}
        trigger={(wires) => (
          <ChipButton opens on={Boolean(search.segment)} {...wires}>
            {current?.name ?? t("report.segment")}
          </ChipButton>
        )}
      >
        {(close) => (
          <div className={styles.choices}>
            {segments.length === 0 && <p className={styles.note}>{t("report.segment.none")}</p>}
            {segments.map((one) => (
              <div key={one.id} className={styles.segment}>
                <MenuItem
                  current={one.id === search.segment}
                  icon={one.id === search.segment && <Icon name="check" size={14} />}
                  onClick={() => {
                    close();
                    change(one.id === search.segment ? rest : { ...rest, segment: one.id });
                  }}
                >
                  {one.name}
                </MenuItem>
                <IconButton
                  icon="trash"
                  bare
                  label={t("report.segment.drop", { name: one.name })}
                  onClick={() => forget(one)}
                />
              </div>
            ))}
            {search.filters && (
              <>
                {segments.length > 0 && <MenuRule />}
                <MenuItem
                  icon={<Icon name="plus" size={14} />}
                  onClick={() => {
                    close();
                    setNaming(true);
                  }}
                >
                  {t("report.segment.keep")}
                </MenuItem>
              </>
            )}
          </div>
        )}
      </Popover>
      {naming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onKeep={(name) =>
            keep.mutate(
              { name, filters: search.filters ?? [] },
              {
                onSuccess: (made) => {
                  const { filters: __, ...others } = rest;
                  setNaming(false);
                  change({ ...others, segment: made.id });
                  say({ text: t("report.segment.kept", { name }) });
                },
                onError: failed,
              },
            )
          }
        />
      )}
    </>
  );
}

function NameDialog({ onClose, onKeep }: { onClose: () => void; onKeep: (name: string) => void }) {
  const { t } = useLanguage();
  const [name, setName] = useState("");
  return (
    <Dialog
      title={t("report.segment.keep.title")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" disabled={!name.trim()} onClick={() => onKeep(name.trim())}>
            {t("report.segment.keep.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) onKeep(name.trim());
        }}
      >
        <Field
          label={t("report.segment.name")}
          hint={t("report.segment.keep.line")}
          placeholder={t("report.segment.example")}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
