import { useState } from "react";
import { useMap } from "../../api/useMap.ts";
import { useTalkActs } from "../../api/useTalk.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Select } from "../../kit/Field.tsx";
import { Composer } from "../../talk/Composer.tsx";

interface AskDialogProps {
  ws: string;
  onClose: () => void;
  onAsked: (id: string) => void;
}

/** A question about the whole or one number of it. */
export function AskDialog({ ws, onClose, onAsked }: AskDialogProps) {
  const { t } = useLanguage();
  const map = useMap(ws);
  const { ask } = useTalkActs(ws);
  const [about, setAbout] = useState("map");
  return (
    <Dialog title={t("questions.ask")} onClose={onClose}>
      <div style={{ display: "grid", gap: 16 }}>
        <Select
          label={t("questions.about")}
          value={about}
          onChange={(event) => setAbout(event.target.value)}
          options={[
            { value: "map", label: t("talk.whole") },
            ...(map.data?.indicators ?? []).map((one) => ({
              value: `indicator:${one.id}`,
              label: one.name,
            })),
          ]}
        />
        <Composer
          ws={ws}
          label={t("talk.ask")}
          send={t("talk.askSend")}
          rows={4}
          pending={ask.isPending}
          error={ask.error}
          onSend={async (text) => onAsked((await ask.mutateAsync({ about, text })).id)}
        />
      </div>
    </Dialog>
  );
}
