import { useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { CountDialog } from "./CountDialog.tsx";
import type { CountForm } from "./count.ts";

/** Opens the way from events to a number of the map; for any page that shows counts. */
export function CountButton({ ws, start }: { ws: string; start?: Partial<CountForm> }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small icon="map" onClick={() => setOpen(true)}>
        {t("counted.use")}
      </Button>
      {open && <CountDialog ws={ws} {...(start ? { start } : {})} onClose={() => setOpen(false)} />}
    </>
  );
}
